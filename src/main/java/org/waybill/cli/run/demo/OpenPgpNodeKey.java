package org.waybill.cli.run.demo;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.operator.PGPKeyPairGenerator;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPairGeneratorProvider;

/**
 * The OpenPGP key that the demo encrypts for: an Ed25519 key with a Curve25519 subkey, as GnuPG makes them by default, not
 * locked. Opening a message takes a fraction of a millisecond, so that many small ones show how fast all the rest is.
 *
 * @param file of the secret key, armoured, mode 0600
 */
record OpenPgpNodeKey(Path file) {

    private static final int VERSION = 4; // of keys; GnuPG before 2.4 knows no other
    private static final String USER = "Waybill demo <demo@example.org>";

    /** Makes it, unless it is there. */
    void make() throws IOException {
        if (Files.exists(file)) {
            return;
        }
        byte[] armoured = armoured(newRing());
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, armoured);
        } finally {
            Arrays.fill(armoured, (byte) 0);
        }
    }

    /** The key that messages are encrypted for. */
    PGPPublicKey publicKey() throws IOException {
        byte[] content = Files.readAllBytes(file);
        try {
            PGPSecretKeyRing ring = new PGPSecretKeyRing(
                    PGPUtil.getDecoderStream(new ByteArrayInputStream(content)), new BcKeyFingerprintCalculator());
            PGPPublicKey last = ring.getPublicKey();
            for (var keys = ring.getPublicKeys(); keys.hasNext(); ) {
                last = keys.next(); // the subkey stands behind the primary key
            }
            return last;
        } catch (PGPException e) {
            throw new IOException(file + ": no OpenPGP key that the demo made; remove it, and another is made", e);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static PGPSecretKeyRing newRing() {
        PGPKeyPairGenerator pairs = new BcPGPKeyPairGeneratorProvider().get(VERSION, Date.from(Instant.now()));
        try {
            PGPKeyPair primary = pairs.generateLegacyEd25519KeyPair();
            PGPKeyRingGenerator ring = new PGPKeyRingGenerator(
                    PGPSignature.POSITIVE_CERTIFICATION,
                    primary,
                    USER,
                    new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA1),
                    flags(KeyFlags.CERTIFY_OTHER | KeyFlags.SIGN_DATA),
                    null,
                    new BcPGPContentSignerBuilder(primary.getPublicKey().getAlgorithm(), HashAlgorithmTags.SHA256),
                    null);
            ring.addSubKey(
                    pairs.generateLegacyX25519KeyPair(),
                    flags(KeyFlags.ENCRYPT_COMMS | KeyFlags.ENCRYPT_STORAGE),
                    null);
            return ring.generateSecretKeyRing();
        } catch (PGPException e) {
            throw new IllegalStateException("the OpenPGP library makes no key", e);
        }
    }

    private static PGPSignatureSubpacketVector flags(int flags) {
        PGPSignatureSubpacketGenerator subpackets = new PGPSignatureSubpacketGenerator();
        subpackets.setKeyFlags(false, flags);
        return subpackets.generate();
    }

    private static byte[] armoured(PGPSecretKeyRing ring) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream armour = ArmoredOutputStream.builder().clearHeaders().build(bytes)) {
            ring.encode(armour);
        }
        return bytes.toByteArray();
    }
}
