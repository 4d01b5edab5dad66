package org.waybill.format.openpgp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.bcpg.AEADAlgorithmTags;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.operator.PGPKeyPairGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.format.openpgp.Messages.Owner;
import org.waybill.format.openpgp.Messages.Recipe;

/** What Bouncy Castle writes on its own ciphers, we read on ours, however the bytes arrive. */
class OpenPgpRoundTripTest {

    private static final Owner OWNER = Messages.curveOwner();
    private static final byte[] CONTENT = Messages.content(200_000, 1);

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 8, 9, 10, 11, 12, 13})
    void readsEachCipher(int cipher) throws IOException {
        assertReads(Messages.message(CONTENT).cipher(cipher).to(OWNER));
        assertReads(Messages.message(CONTENT).cipher(cipher).byPassword());
        assertReads(Messages.message(CONTENT)
                .cipher(cipher)
                .inPieces(8_192)
                .to(OWNER)
                .byPassword());
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3"})
    void readsEachCompression(int algorithm) throws IOException {
        assertReads(Messages.message(CONTENT).compressed(algorithm).to(OWNER));
        assertReads(Messages.message(CONTENT)
                .compressed(algorithm, Messages.ZIP)
                .to(OWNER)
                .armoured());
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 1, 9, 10, 11, 21, 22, 23, 100, 65_481, 65_490, 65_500, 65_514, 65_535, 65_536, 65_537, 131_072,
                200_001
            })
    void readsEachLength(int length) throws IOException {
        byte[] content = Messages.content(length, 2);

        for (int cipher : new int[] {SymmetricKeyAlgorithmTags.AES_256, SymmetricKeyAlgorithmTags.CAST5}) {
            assertThat(read(Messages.message(content).cipher(cipher).to(OWNER).bytes()))
                    .isEqualTo(content);
            assertThat(read(Messages.message(content)
                            .cipher(cipher)
                            .inPieces(512)
                            .to(OWNER)
                            .bytes()))
                    .isEqualTo(content);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,9", "2,9", "3,9", "1,7", "2,7", "3,8", "2,13", "3,11", "1,12"})
    void readsEachModeOfAuthenticatedEncryption(int mode, int cipher) throws IOException {
        for (int length : new int[] {0, 1, 15, 16, 17, 1_000, 1_024, 2_030, 4_096, 100_000}) {
            byte[] content = Messages.content(length, 3);
            for (boolean draft : new boolean[] {true, false}) {
                for (int chunk : new int[] {6, 10, 16}) {
                    Recipe recipe = Messages.message(content)
                            .cipher(cipher)
                            .aead(mode, draft, chunk)
                            .byPassword();
                    assertThat(read(recipe.bytes())).isEqualTo(content);
                }
            }
        }
    }

    @Test
    void readsAuthenticatedEncryptionForKeys() throws IOException {
        PGPKeyPairGenerator generator = Messages.generator(4);
        assertReads(Messages.message(CONTENT)
                .aead(AEADAlgorithmTags.OCB, true, 16)
                .inPieces(4_096)
                .to(OWNER));
        Owner modern = Messages.owner(
                Messages.pair(generator::generateEd25519KeyPair), Messages.pair(generator::generateX25519KeyPair));
        for (Recipe recipe : List.of(
                Messages.message(CONTENT).aead(AEADAlgorithmTags.OCB, false, 12).to(modern),
                Messages.message(CONTENT).aead(AEADAlgorithmTags.GCM, false, 22).to(modern),
                Messages.message(CONTENT).to(modern))) {
            try (OpenPgpKeys keys = modern.keys()) {
                assertThat(Messages.decrypt(recipe.bytes(), keys)).isEqualTo(CONTENT);
            }
        }
    }

    @Test
    void readsEachKindOfKey() throws IOException {
        PGPKeyPairGenerator generator = Messages.generator(4);
        List<Owner> owners = new ArrayList<>();
        owners.add(Messages.rsaOwner());
        for (Messages.Making making : List.<Messages.Making>of(
                generator::generateNistP256ECDHKeyPair,
                generator::generateNistP384ECDHKeyPair,
                generator::generateNistP521ECDHKeyPair,
                generator::generateX25519KeyPair,
                generator::generateX448KeyPair)) {
            owners.add(Messages.owner(Messages.pair(generator::generateLegacyEd25519KeyPair), Messages.pair(making)));
        }
        for (Owner owner : owners) {
            try (OpenPgpKeys keys = owner.keys()) {
                assertThat(Messages.decrypt(Messages.message(CONTENT).to(owner).bytes(), keys))
                        .as("%s", keys.keys())
                        .isEqualTo(CONTENT);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 511, 512, 65_535, 65_536, 65_537})
    void givesTheSameBytesHoweverTheyArrive(int atOnce) throws IOException {
        for (byte[] message : List.of(
                Messages.message(CONTENT).inPieces(512).to(OWNER).bytes(),
                Messages.message(CONTENT)
                        .compressed(Messages.BZIP2)
                        .to(OWNER)
                        .armoured()
                        .bytes(),
                Messages.message(CONTENT)
                        .compressed(Messages.ZIP)
                        .signedBy(OWNER)
                        .to(OWNER)
                        .bytes(),
                Messages.message(CONTENT)
                        .aead(AEADAlgorithmTags.OCB, true, 12)
                        .to(OWNER)
                        .bytes())) {
            try (OpenPgpKeys keys = OWNER.keys();
                    InputStream in = new OpenPgpInputStream(new Dripping(message, atOnce), keys, OpenPgpLimits.USUAL)) {
                assertThat(in.readAllBytes()).isEqualTo(CONTENT);
            }
            assertThat(readInSteps(message, atOnce)).isEqualTo(CONTENT);
        }
    }

    @Test
    void givesTheSameTextHoweverItIsRead() throws IOException {
        byte[] wire = "\r\r\nline\r\nlone\rreturn\nend\r".repeat(5_000).getBytes(US_ASCII);
        byte[] text = "\r\nline\nlone\rreturn\nend\r".repeat(5_000).getBytes(US_ASCII);
        byte[] message =
                Messages.message(wire).format('t').inPieces(512).to(OWNER).bytes();
        for (int step : new int[] {1, 2, 3, 8_191, 8_192, 8_193, 100_000}) {
            assertThat(readInSteps(message, step)).isEqualTo(text);
        }
    }

    @Test
    void answersTheEndAgain() throws IOException {
        try (OpenPgpKeys keys = OWNER.keys();
                InputStream in = new OpenPgpInputStream(
                        new ByteArrayInputStream(
                                Messages.message(CONTENT).to(OWNER).bytes()),
                        keys,
                        OpenPgpLimits.USUAL)) {
            in.readAllBytes();
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.read(new byte[5])).isEqualTo(-1);
            assertThat(in.read(new byte[0])).isZero();
        }
    }

    @Test
    void verifiesSignaturesOfKnownKeysOnly() throws IOException {
        Owner rsa = Messages.rsaOwner();
        Owner stranger = Messages.curveOwner();
        OpenPgpSigners signers = OpenPgpSigners.read(
                List.of(OWNER.writePublic(folder.resolve("curve")), rsa.writePublic(folder.resolve("rsa"))));

        assertThat(signature(Messages.message(CONTENT).to(OWNER), signers)).isEqualTo(new SignatureOutcome.None());
        for (Owner signer : List.of(OWNER, rsa)) {
            assertThat(signature(Messages.message(CONTENT).signedBy(signer).to(OWNER), signers))
                    .isEqualTo(new SignatureOutcome.Good(
                            OpenPgpSigners.hex(signer.signing().getPublicKey().getFingerprint())));
        }
        assertThat(signature(Messages.message(CONTENT).signedBy(stranger).to(OWNER), signers))
                .isInstanceOf(SignatureOutcome.Unverified.class);
        assertThat(signature(Messages.message(CONTENT).signedBy(OWNER).to(OWNER), OpenPgpSigners.NONE))
                .isInstanceOf(SignatureOutcome.Unverified.class);
    }

    @Test
    void tellsABadSignature() throws IOException {
        OpenPgpSigners signers = OpenPgpSigners.read(List.of(OWNER.writePublic(folder.resolve("curve"))));
        byte[] inside = Messages.message("what was signed".getBytes(US_ASCII))
                .signedBy(OWNER)
                .inside();
        int at = new String(inside, ISO_8859_1).indexOf("what was signed");
        inside[at] ^= 1;

        try (OpenPgpKeys keys = OWNER.keys();
                OpenPgpInputStream in = new OpenPgpInputStream(
                        new ByteArrayInputStream(Messages.encryptRaw(inside)), keys, OpenPgpLimits.USUAL, signers)) {
            assertThat(in.readAllBytes()).hasSize(15);
            assertThat(in.signature()).isInstanceOf(SignatureOutcome.Bad.class);
        }
    }

    @Test
    void knowsSignaturesAtTheEndOnly() throws IOException {
        try (OpenPgpKeys keys = OWNER.keys();
                OpenPgpInputStream in = new OpenPgpInputStream(
                        new ByteArrayInputStream(
                                Messages.message(CONTENT).to(OWNER).bytes()),
                        keys,
                        OpenPgpLimits.USUAL)) {
            assertThat(in.readNBytes(CONTENT.length)).isEqualTo(CONTENT);
            assertThatThrownBy(in::signature).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void refusesKeysThatWereDestroyed() throws IOException {
        byte[] message = Messages.message(CONTENT).to(OWNER).bytes();
        OpenPgpKeys keys = OWNER.keys();
        keys.close();

        assertThat(keys.isDestroyed()).isTrue();
        assertThat(keys.keys()).hasSize(1);
        assertThatThrownBy(() -> Messages.decrypt(message, keys)).isInstanceOf(IllegalStateException.class);
    }

    private static SignatureOutcome signature(Recipe recipe, OpenPgpSigners signers) throws IOException {
        try (OpenPgpKeys keys = OWNER.keys();
                OpenPgpInputStream in = new OpenPgpInputStream(
                        new ByteArrayInputStream(recipe.bytes()), keys, OpenPgpLimits.USUAL, signers)) {
            assertThat(in.readAllBytes()).isEqualTo(CONTENT);
            return in.signature();
        }
    }

    private static void assertReads(Recipe recipe) throws IOException {
        assertThat(read(recipe.bytes())).isEqualTo(CONTENT);
    }

    private static byte[] read(byte[] message) throws IOException {
        try (OpenPgpKeys keys = OWNER.keys()) {
            return Messages.decrypt(message, keys);
        }
    }

    private static byte[] readInSteps(byte[] message, int step) throws IOException {
        ByteArrayOutputStream plaintext = new ByteArrayOutputStream();
        byte[] buffer = new byte[step + 2];
        try (OpenPgpKeys keys = OWNER.keys();
                InputStream in = new OpenPgpInputStream(new ByteArrayInputStream(message), keys, OpenPgpLimits.USUAL)) {
            for (int count; (count = in.read(buffer, 1, step)) >= 0; ) {
                assertThat(count).isPositive();
                plaintext.write(buffer, 1, count);
                assertThat(buffer[0]).isZero();
                assertThat(buffer[step + 1]).isZero();
                Arrays.fill(buffer, (byte) 0);
            }
        }
        return plaintext.toByteArray();
    }

    /** Gives so many bytes at once, and between them sometimes none. */
    private static final class Dripping extends InputStream {

        private final ByteArrayInputStream bytes;
        private final int atOnce;
        private int calls;

        Dripping(byte[] bytes, int atOnce) {
            this.bytes = new ByteArrayInputStream(bytes);
            this.atOnce = atOnce;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] out, int from, int length) {
            return calls++ % 5 == 0 ? 0 : bytes.read(out, from, Math.min(length, atOnce));
        }
    }
}
