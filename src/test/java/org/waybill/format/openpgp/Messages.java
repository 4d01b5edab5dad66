package org.waybill.format.openpgp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.CompressionAlgorithmTags;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPCompressedDataGenerator;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.operator.PGPKeyPairGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPBEKeyEncryptionMethodGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDataEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPairGeneratorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyKeyEncryptionMethodGenerator;
import org.jspecify.annotations.Nullable;
import org.waybill.format.MalformedInputException;

/** Keys and messages that Bouncy Castle makes, all on its own ciphers, for the tests of this room. */
final class Messages {

    static final int ZIP = CompressionAlgorithmTags.ZIP;
    static final int ZLIB = CompressionAlgorithmTags.ZLIB;
    static final int BZIP2 = CompressionAlgorithmTags.BZIP2;
    static final String PASSWORD = "a password";
    private static final int FAST_S2K = 0; // the fewest rounds: 1,024 bytes

    /** A key pair for signing, one for encryption, and the file of both. */
    record Owner(PGPKeyPair signing, PGPKeyPair encryption, PGPKeyRingGenerator ring) {

        Path writeSecret(Path file) throws IOException {
            return Files.write(file, ring.generateSecretKeyRing().getEncoded());
        }

        Path writePublic(Path file) throws IOException {
            return Files.write(file, ring.generatePublicKeyRing().getEncoded());
        }

        OpenPgpKeys keys() throws IOException {
            Path file = Files.createTempFile("owner", ".sec");
            try {
                return OpenPgpKeys.open(List.of(writeSecret(file)), null, List.of(PASSWORD.toCharArray()));
            } finally {
                Files.delete(file);
            }
        }
    }

    /** What a message is made of; the calls are in the order of the layers from the inside. */
    static final class Recipe {

        private byte[] content = {};
        private char format = PGPLiteralDataGenerator.BINARY;
        private int pieceBytes; // 0: the packets have their lengths
        private @Nullable PGPKeyPair signer;
        private final List<Integer> compressions = new ArrayList<>();
        private int cipher = SymmetricKeyAlgorithmTags.AES_256;
        private int aead;
        private int chunk = 10;
        private boolean draft;
        private boolean protection = true;
        private boolean byPassword;
        private @Nullable PGPPublicKey recipient;
        private boolean armoured;

        Recipe content(byte[] bytes) {
            content = bytes;
            return this;
        }

        Recipe format(char literalFormat) {
            format = literalFormat;
            return this;
        }

        Recipe inPieces(int bytes) {
            pieceBytes = bytes;
            return this;
        }

        Recipe signedBy(Owner owner) {
            signer = owner.signing();
            return this;
        }

        Recipe compressed(int... algorithms) {
            for (int algorithm : algorithms) {
                compressions.add(algorithm);
            }
            return this;
        }

        Recipe cipher(int number) {
            cipher = number;
            return this;
        }

        Recipe aead(int mode, boolean asDraft, int chunkBits) {
            aead = mode;
            draft = asDraft;
            chunk = chunkBits;
            return this;
        }

        Recipe unprotected() {
            protection = false;
            return this;
        }

        Recipe byPassword() {
            byPassword = true;
            return this;
        }

        Recipe to(Owner owner) {
            recipient = owner.encryption().getPublicKey();
            return this;
        }

        Recipe armoured() {
            armoured = true;
            return this;
        }

        byte[] bytes() {
            try {
                byte[] encrypted = encrypt(inside());
                return armoured ? armour(encrypted) : encrypted;
            } catch (IOException | PGPException e) {
                throw new IllegalStateException(e);
            }
        }

        byte[] inside() {
            try {
                return layers();
            } catch (IOException | PGPException e) {
                throw new IllegalStateException(e);
            }
        }

        private byte[] layers() throws IOException, PGPException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            PGPSignatureGenerator signature = null;
            if (signer != null) {
                signature = new PGPSignatureGenerator(
                        new BcPGPContentSignerBuilder(signer.getPublicKey().getAlgorithm(), HashAlgorithmTags.SHA256),
                        signer.getPublicKey());
                signature.init(PGPSignature.BINARY_DOCUMENT, signer.getPrivateKey());
                signature.generateOnePassVersion(false).encode(bytes);
                signature.update(content);
            }
            bytes.write(literal());
            if (signature != null) {
                signature.generate().encode(bytes);
            }
            byte[] inside = bytes.toByteArray();
            for (int algorithm : compressions) {
                inside = compress(inside, algorithm);
            }
            return inside;
        }

        private byte[] literal() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            PGPLiteralDataGenerator generator = new PGPLiteralDataGenerator();
            try (OutputStream out = pieceBytes == 0
                    ? generator.open(bytes, format, "name", content.length, new Date(0))
                    : generator.open(bytes, format, "name", new Date(0), new byte[pieceBytes])) {
                out.write(content);
            }
            return bytes.toByteArray();
        }

        private byte[] encrypt(byte[] inside) throws IOException, PGPException {
            BcPGPDataEncryptorBuilder builder =
                    new BcPGPDataEncryptorBuilder(cipher).setWithIntegrityPacket(protection);
            if (aead != 0) {
                builder.setWithAEAD(aead, chunk);
                if (draft) {
                    builder.setUseV5AEAD();
                } else {
                    builder.setUseV6AEAD();
                }
            }
            PGPEncryptedDataGenerator generator = new PGPEncryptedDataGenerator(builder);
            if (recipient != null) {
                generator.addMethod(new BcPublicKeyKeyEncryptionMethodGenerator(recipient));
            }
            if (byPassword) {
                generator.addMethod(new BcPBEKeyEncryptionMethodGenerator(
                        PASSWORD.toCharArray(),
                        new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA256),
                        FAST_S2K));
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (OutputStream out = pieceBytes == 0
                    ? generator.open(bytes, inside.length)
                    : generator.open(bytes, new byte[pieceBytes])) {
                out.write(inside);
            }
            return bytes.toByteArray();
        }
    }

    private Messages() {}

    static Recipe message(byte[] content) {
        return new Recipe().content(content);
    }

    static Owner curveOwner() {
        PGPKeyPairGenerator generator = generator(4);
        return owner(pair(generator::generateLegacyEd25519KeyPair), pair(generator::generateLegacyX25519KeyPair));
    }

    static Owner rsaOwner() {
        PGPKeyPairGenerator generator = generator(4);
        return owner(pair(() -> generator.generateRsaKeyPair(2_048)), pair(() -> generator.generateRsaKeyPair(2_048)));
    }

    static PGPKeyPairGenerator generator(int version) {
        return new BcPGPKeyPairGeneratorProvider().get(version, new Date(1_700_000_000_000L));
    }

    interface Making {
        PGPKeyPair make() throws PGPException;
    }

    static PGPKeyPair pair(Making making) {
        try {
            return making.make();
        } catch (PGPException e) {
            throw new IllegalStateException(e);
        }
    }

    static Owner owner(PGPKeyPair signing, PGPKeyPair encryption) {
        try {
            PGPKeyRingGenerator ring = new PGPKeyRingGenerator(
                    PGPSignature.POSITIVE_CERTIFICATION,
                    signing,
                    "Test <test@example.org>",
                    new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA1),
                    null,
                    null,
                    new BcPGPContentSignerBuilder(signing.getPublicKey().getAlgorithm(), HashAlgorithmTags.SHA256),
                    null);
            ring.addSubKey(encryption);
            return new Owner(signing, encryption, ring);
        } catch (PGPException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] compress(byte[] bytes, int algorithm) throws IOException, PGPException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = new PGPCompressedDataGenerator(algorithm).open(compressed)) {
            out.write(bytes);
        }
        return compressed.toByteArray();
    }

    static byte[] armour(byte[] bytes) throws IOException {
        ByteArrayOutputStream armoured = new ByteArrayOutputStream();
        try (OutputStream out = new ArmoredOutputStream(armoured)) {
            out.write(bytes);
        }
        return armoured.toByteArray();
    }

    /** Encrypts any packets whatever, as a message by password with MDC. */
    static byte[] encryptRaw(byte[] inside) {
        Recipe recipe = new Recipe().byPassword();
        try {
            return recipe.encrypt(inside);
        } catch (IOException | PGPException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A packet with a header of the new format. */
    static byte[] packet(int tag, byte[] body) {
        return ByteBuffer.allocate(6 + body.length)
                .put((byte) (0xC0 | tag))
                .put((byte) 0xFF)
                .putInt(body.length)
                .put(body)
                .array();
    }

    static byte[] literalPacket(String content) {
        return packet(11, ("b\0\0\0\0\0" + content).getBytes(US_ASCII));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** Half of it compressible. */
    static byte[] content(int length, long seed) {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        for (int i = 0; i < length / 2; i++) {
            content[i] &= 3;
        }
        return content;
    }

    static byte[] decrypt(byte[] message, OpenPgpKeys keys) throws IOException {
        try (OpenPgpInputStream in =
                new OpenPgpInputStream(new ByteArrayInputStream(message), keys, OpenPgpLimits.USUAL)) {
            return in.readAllBytes();
        }
    }

    /** What came out of a message, and the fault that ended it, if one did. */
    record Outcome(
            ByteArrayOutputStream plaintext, @Nullable MalformedInputException fault) {}

    static Outcome outcome(byte[] message, OpenPgpKeys keys) {
        ByteArrayOutputStream plaintext = new ByteArrayOutputStream();
        byte[] buffer = new byte[65_536];
        try (OpenPgpInputStream in =
                new OpenPgpInputStream(new ByteArrayInputStream(message), keys, OpenPgpLimits.USUAL)) {
            for (int count; (count = in.read(buffer)) >= 0; ) {
                plaintext.write(buffer, 0, count);
            }
            return new Outcome(plaintext, null);
        } catch (MalformedInputException e) {
            return new Outcome(plaintext, e);
        } catch (IOException e) {
            throw new AssertionError("a fault of the bytes told as one of the device", e);
        }
    }
}
