package org.waybill.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.Locale;
import org.bouncycastle.bcpg.AEADAlgorithmTags;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.operator.PGPKeyPairGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPBEKeyEncryptionMethodGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDataEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPairGeneratorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyKeyEncryptionMethodGenerator;

/** OpenPGP keys and messages, as somebody else's program makes them. */
final class OpenPgpFiles {

    private static final int FEWEST_ROUNDS = 0;

    /** Somebody with a key pair for signatures and one for encryption. */
    record Owner(PGPKeyPair signing, PGPKeyPair encryption) {

        static Owner create() {
            PGPKeyPairGenerator pairs = new BcPGPKeyPairGeneratorProvider().get(4, new Date(1_700_000_000_000L));
            try {
                return new Owner(pairs.generateLegacyEd25519KeyPair(), pairs.generateLegacyX25519KeyPair());
            } catch (PGPException e) {
                throw new IllegalStateException(e);
            }
        }

        String keyId() {
            return "%016X".formatted(encryption.getKeyID());
        }

        String fingerprint() {
            StringBuilder hex = new StringBuilder();
            for (byte each : signing.getPublicKey().getFingerprint()) {
                hex.append("%02X".formatted(each));
            }
            return hex.toString().toUpperCase(Locale.ROOT);
        }

        /** @param passphrase empty: not locked */
        Path writeSecret(Path file, String passphrase) throws IOException {
            return Files.write(
                    file, armour(ring(passphrase).generateSecretKeyRing().getEncoded()));
        }

        Path writePublic(Path file) throws IOException {
            return Files.write(file, ring("").generatePublicKeyRing().getEncoded());
        }

        private PGPKeyRingGenerator ring(String passphrase) {
            try {
                PGPKeyRingGenerator ring = new PGPKeyRingGenerator(
                        PGPSignature.POSITIVE_CERTIFICATION,
                        signing,
                        "Test <test@example.org>",
                        new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA1),
                        null,
                        null,
                        new BcPGPContentSignerBuilder(signing.getPublicKey().getAlgorithm(), HashAlgorithmTags.SHA256),
                        passphrase.isEmpty()
                                ? null
                                : new BcPBESecretKeyEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256)
                                        .build(passphrase.toCharArray()));
                ring.addSubKey(encryption);
                return ring;
            } catch (PGPException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final PGPEncryptedDataGenerator generator;

    private OpenPgpFiles(BcPGPDataEncryptorBuilder encryptor) {
        this.generator = new PGPEncryptedDataGenerator(encryptor);
    }

    static OpenPgpFiles mdc() {
        return new OpenPgpFiles(aes256().setWithIntegrityPacket(true));
    }

    static OpenPgpFiles unprotected() {
        return new OpenPgpFiles(aes256().setWithIntegrityPacket(false));
    }

    /** SEIPD version 2. */
    static OpenPgpFiles aead() {
        BcPGPDataEncryptorBuilder encryptor = aes256().setWithAEAD(AEADAlgorithmTags.OCB, 10);
        encryptor.setUseV6AEAD();
        return new OpenPgpFiles(encryptor);
    }

    private static BcPGPDataEncryptorBuilder aes256() {
        return new BcPGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256);
    }

    OpenPgpFiles to(Owner owner) {
        generator.addMethod(
                new BcPublicKeyKeyEncryptionMethodGenerator(owner.encryption().getPublicKey()));
        return this;
    }

    OpenPgpFiles toHidden(Owner owner) {
        generator.addMethod(
                new BcPublicKeyKeyEncryptionMethodGenerator(owner.encryption().getPublicKey())
                        .setUseWildcardRecipient(true));
        return this;
    }

    OpenPgpFiles byPassword(String password) throws PGPException {
        generator.addMethod(new BcPBEKeyEncryptionMethodGenerator(
                password.toCharArray(),
                new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA256),
                FEWEST_ROUNDS));
        return this;
    }

    byte[] encrypt(byte[] content) throws IOException, PGPException {
        return envelope(literal(content));
    }

    /** @param signed what the signature is over: the content itself, if it is to be good */
    byte[] encryptSigned(byte[] content, byte[] signed, Owner signer) throws IOException, PGPException {
        PGPSignatureGenerator signature = new PGPSignatureGenerator(
                new BcPGPContentSignerBuilder(signer.signing().getPublicKey().getAlgorithm(), HashAlgorithmTags.SHA256),
                signer.signing().getPublicKey());
        signature.init(PGPSignature.BINARY_DOCUMENT, signer.signing().getPrivateKey());
        ByteArrayOutputStream inside = new ByteArrayOutputStream();
        signature.generateOnePassVersion(false).encode(inside);
        signature.update(signed);
        inside.writeBytes(literal(content));
        signature.generate().encode(inside);
        return envelope(inside.toByteArray());
    }

    private byte[] envelope(byte[] inside) throws IOException, PGPException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        try (OutputStream out = generator.open(message, inside.length)) {
            out.write(inside);
        }
        return message.toByteArray();
    }

    private static byte[] literal(byte[] content) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        try (OutputStream out = new PGPLiteralDataGenerator()
                .open(packet, PGPLiteralData.BINARY, "a.bam", content.length, new Date(0))) {
            out.write(content);
        }
        return packet.toByteArray();
    }

    static byte[] armour(byte[] packets) throws IOException {
        ByteArrayOutputStream armoured = new ByteArrayOutputStream();
        try (OutputStream out = new ArmoredOutputStream(armoured)) {
            out.write(packets);
        }
        return armoured.toByteArray();
    }
}
