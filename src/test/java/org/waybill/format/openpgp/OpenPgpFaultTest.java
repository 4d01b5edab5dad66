package org.waybill.format.openpgp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.bcpg.AEADAlgorithmTags;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.format.MalformedInputException;
import org.waybill.format.TruncatedInputException;
import org.waybill.format.WrongKeyException;
import org.waybill.format.openpgp.Messages.Owner;

/** A device that fails, messages that are refused for what they are, and bombs: each is told as what it is. */
class OpenPgpFaultTest {

    private static final Owner OWNER = Messages.curveOwner();
    private static final byte[] CONTENT = Messages.content(3_000, 1);
    private static final byte[] LITERAL = Messages.literalPacket("content");
    private static OpenPgpKeys keys;

    @BeforeAll
    static void openKeys() throws IOException {
        keys = OWNER.keys();
    }

    @AfterAll
    static void closeKeys() {
        keys.close();
    }

    @Test
    void neverSwallowsAnErrorOfTheSource() throws IOException {
        for (byte[] message : List.of(
                Messages.message(CONTENT).to(OWNER).bytes(),
                Messages.message(CONTENT)
                        .compressed(Messages.ZIP)
                        .inPieces(512)
                        .signedBy(OWNER)
                        .to(OWNER)
                        .bytes(),
                Messages.message(CONTENT).compressed(Messages.BZIP2).to(OWNER).bytes(),
                Messages.message(CONTENT)
                        .aead(AEADAlgorithmTags.OCB, true, 8)
                        .to(OWNER)
                        .bytes(),
                Messages.message(CONTENT).to(OWNER).armoured().bytes())) {
            for (int at = 0; at <= message.length; at += 7) {
                IOException error = new IOException("the device is broken");
                InputStream source = new Breaking(message, at, error);
                assertThatThrownBy(() -> readAll(source)).as("broken at %d", at).isSameAs(error);
            }
        }
    }

    /** Long enough that the error comes while a decompressor or the like is at work, not while the headers are read. */
    @Test
    void neverSwallowsAnErrorInTheMiddle() {
        byte[] content = Messages.content(400_000, 3);
        for (byte[] message : List.of(
                Messages.message(content).to(OWNER).bytes(),
                Messages.message(content).compressed(Messages.ZLIB).to(OWNER).bytes(),
                Messages.message(content).compressed(Messages.BZIP2).to(OWNER).bytes(),
                Messages.message(content).to(OWNER).armoured().bytes())) {
            for (int at = 1; at < message.length; at += 30_011) {
                IOException error = new IOException("the device is broken");
                InputStream source = new Breaking(message, at, error);
                assertThatThrownBy(() -> readAll(source)).as("broken at %d", at).isSameAs(error);
            }
        }
    }

    @Test
    void saysTheSameFaultAgainInsteadOfGoingOn() throws IOException {
        byte[] message =
                Messages.message(Messages.content(200_000, 2)).byPassword().bytes();
        message[message.length - 1] ^= 1;
        byte[] buffer = new byte[200_000];
        try (InputStream in = open(message, OpenPgpLimits.USUAL)) {
            MalformedInputException first = fault(() -> in.readNBytes(buffer, 0, buffer.length));
            assertThat(fault(() -> in.read(buffer))).isSameAs(first);
            assertThat(fault(in::read)).isSameAs(first);
        }
    }

    @Test
    void closesItsSource() throws IOException {
        boolean[] isClosed = {false};
        InputStream source =
                new ByteArrayInputStream(Messages.message(CONTENT).byPassword().bytes()) {
                    @Override
                    public void close() {
                        isClosed[0] = true;
                    }
                };
        InputStream in = new OpenPgpInputStream(source, keys, OpenPgpLimits.USUAL);
        in.close();
        assertThat(isClosed[0]).isTrue();
        assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessageContaining("closed");
    }

    @Test
    void refusesMessagesWithoutIntegrityProtection() {
        assertThat(refusal(Messages.message(CONTENT).unprotected().byPassword().bytes()))
                .isExactlyInstanceOf(MalformedInputException.class)
                .hasMessageContaining("no integrity protection");
    }

    @Test
    void refusesWhatIsNoEncryptedMessage() throws Exception {
        assertThat(refusal(new byte[0]))
                .isInstanceOf(TruncatedInputException.class)
                .hasMessageContaining("empty");
        assertThat(refusal("@HD\tVN:1.6\n".getBytes(US_ASCII))).hasMessageContaining("no OpenPGP message");
        assertThat(refusal(new byte[100_000])).hasMessageContaining("no OpenPGP message");
        assertThat(refusal("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n".getBytes(US_ASCII)))
                .hasMessageContaining("PUBLIC KEY BLOCK");
        assertThat(refusal(LITERAL)).hasMessageContaining("literal data was found");
        assertThat(refusal(Messages.compress(LITERAL, Messages.ZIP))).hasMessageContaining("compressed data was found");
        assertThat(refusal(new byte[] {(byte) 0xC0, 0})).hasMessageContaining("type 0");
    }

    @Test
    void refusesContentThatIsNoMessage() throws Exception {
        byte[] signature = Messages.packet(2, new byte[] {4, 0, 1, 8});
        byte[] announcement = Messages.packet(4, new byte[] {3, 0, 8, 1, 1, 2, 3, 4, 5, 6, 7, 8, 1});
        byte[] zip = Messages.compress(LITERAL, Messages.ZIP);
        byte[] bzip2 = Messages.compress(LITERAL, Messages.BZIP2);
        for (byte[] inside : List.of(
                new byte[0],
                Messages.join(LITERAL, LITERAL),
                Messages.join(zip, LITERAL),
                Messages.join(LITERAL, signature),
                Messages.join(signature, LITERAL),
                Messages.join(announcement, LITERAL),
                Messages.packet(4, new byte[] {9}),
                Messages.packet(1, new byte[] {3}),
                Messages.packet(18, new byte[] {1}),
                Messages.packet(11, new byte[] {'x', 0, 0, 0, 0, 0}),
                Messages.packet(11, new byte[] {'b', 9}),
                Messages.packet(8, new byte[] {99}),
                Messages.packet(8, new byte[] {1, 2, 3}),
                Messages.packet(8, new byte[] {2, 2, 3}),
                Messages.packet(8, new byte[] {3, 'B', 'Z'}),
                Messages.packet(8, new byte[0]),
                Messages.packet(17, new byte[] {-1, 127, -1, -1, -1}),
                new byte[] {(byte) 0xC2, -1, -1, -1, -1, -1},
                new byte[] {(byte) 0xC4, (byte) 0xFE},
                new byte[] {(byte) 0x8B},
                withBodyOf(zip, 1),
                withBodyOf(zip, -1),
                withBodyOf(bzip2, 1),
                withBodyOf(bzip2, -1))) {
            assertThat(refusal(Messages.encryptRaw(inside)))
                    .as(Arrays.toString(inside))
                    .isNotNull();
        }
    }

    @Test
    void passesByWhatDoesNotMatter() throws IOException {
        byte[] marker = Messages.packet(10, "PGP".getBytes(US_ASCII));
        byte[] padding = Messages.packet(21, new byte[1_000]);
        byte[] unknown = Messages.packet(60, new byte[10]);
        byte[] inside = Messages.join(marker, padding, unknown, LITERAL, padding);
        assertThat(Messages.decrypt(Messages.join(marker, Messages.encryptRaw(inside)), keys))
                .isEqualTo("content".getBytes(US_ASCII));
    }

    /** Bouncy Castle would allocate what these lengths say. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 2, 10, 17, 21, 60})
    void allocatesNothingOnTheWordOfALength(int tag) {
        byte[] huge = {(byte) (0xC0 | tag), -1, 127, -1, -1, -1, 4, 9, 3};

        assertThat(refusal(huge)).isNotNull();
        assertThat(refusal(Messages.encryptRaw(huge))).isNotNull();
    }

    @Test
    void refusesHugeChunksOfAuthenticatedEncryption() {
        byte[] message = Messages.message(CONTENT)
                .aead(AEADAlgorithmTags.OCB, true, 10)
                .byPassword()
                .bytes();
        int chunkAt = 2 + message[1] + 3 + 3;
        assertThat(message[chunkAt]).isEqualTo((byte) 4);
        for (int chunk : new int[] {17, 56, 255}) {
            message[chunkAt] = (byte) chunk;
            assertThat(refusal(message)).hasMessageContaining("4 MiB");
        }
    }

    @Test
    void stopsAMessageThatIsTooLarge() {
        byte[] message = Messages.message(new byte[100_000])
                .compressed(Messages.ZIP)
                .byPassword()
                .bytes();
        OpenPgpLimits limits = new OpenPgpLimits(99_999, 1_000, 4);

        assertThat(refusal(message, limits))
                .isInstanceOf(TooMuchOutputException.class)
                .hasMessageContaining("99999");
        assertThat(refusal(message, new OpenPgpLimits(100_000, 1_000, 4))).isNull();
    }

    @Test
    void stopsABomb() {
        byte[] zeros = new byte[80 << 20];
        for (int algorithm : new int[] {Messages.ZIP, Messages.ZLIB}) {
            byte[] bomb =
                    Messages.message(zeros).compressed(algorithm).byPassword().bytes();

            assertThat(refusal(bomb, OpenPgpLimits.USUAL))
                    .isInstanceOf(TooMuchOutputException.class)
                    .hasMessageContaining("250 times");
        }
    }

    @Test
    void stopsTooManyLayers() {
        int[] layers = new int[9];
        Arrays.fill(layers, Messages.ZIP);

        assertThat(refusal(Messages.message(CONTENT)
                        .compressed(layers)
                        .byPassword()
                        .bytes()))
                .isInstanceOf(TooMuchOutputException.class)
                .hasMessageContaining("8 layers");
        assertThat(refusal(Messages.message(CONTENT)
                        .compressed(Arrays.copyOf(layers, 8))
                        .byPassword()
                        .bytes()))
                .isNull();
    }

    @Test
    void stopsABombOfPaddingInACompressedLayer() throws Exception {
        byte[] padding = Messages.packet(21, new byte[70_000]);

        assertThat(refusal(Messages.encryptRaw(Messages.compress(Messages.join(padding, LITERAL), Messages.ZIP))))
                .isNotNull();
    }

    @Test
    void saysWhomTheMessageIsFor() throws IOException {
        Owner other = Messages.curveOwner();
        byte[] message = Messages.message(CONTENT).to(other).bytes();

        MalformedInputException refusal = refusal(message);

        try (OpenPgpKeys others = other.keys()) {
            assertThat(refusal)
                    .isInstanceOf(WrongKeyException.class)
                    .hasMessageContaining(keys.keys().get(0).keyId())
                    .hasMessageContaining(others.keys().get(0).keyId())
                    .hasMessageNotContaining(Messages.PASSWORD);
        }
    }

    @Test
    void refusesLimitsThatAllowNothing() {
        assertThatThrownBy(() -> new OpenPgpLimits(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OpenPgpLimits(1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OpenPgpLimits(1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** The packet of indeterminate length that Bouncy Castle makes, with a length and a body longer or shorter by that. */
    private static byte[] withBodyOf(byte[] compressed, int more) {
        return Messages.packet(8, Arrays.copyOfRange(compressed, 1, compressed.length + more));
    }

    private static @Nullable MalformedInputException refusal(byte[] message) {
        return refusal(message, OpenPgpLimits.USUAL);
    }

    private static @Nullable MalformedInputException refusal(byte[] message, OpenPgpLimits limits) {
        try (InputStream in = open(message, limits)) {
            in.transferTo(OutputStream.nullOutputStream());
            return null;
        } catch (MalformedInputException e) {
            assertThat(e.offset()).isBetween(0L, (long) message.length);
            return e;
        } catch (IOException e) {
            throw new AssertionError("a fault of the bytes told as one of the device", e);
        }
    }

    private interface Reading {
        int read() throws IOException;
    }

    private static MalformedInputException fault(Reading reading) throws IOException {
        try {
            throw new AssertionError("no fault, but " + reading.read());
        } catch (MalformedInputException e) {
            return e;
        }
    }

    private static OpenPgpInputStream open(byte[] message, OpenPgpLimits limits) throws IOException {
        return new OpenPgpInputStream(new ByteArrayInputStream(message), keys, limits);
    }

    private static byte[] readAll(InputStream source) throws IOException {
        try (InputStream in = new OpenPgpInputStream(source, keys, OpenPgpLimits.USUAL)) {
            return in.readAllBytes();
        }
    }

    /** Gives bytes up to a place, then fails once, then ends: whoever swallowed the failure sees the end of the file. */
    private static final class Breaking extends InputStream {

        private final InputStream bytes;
        private final IOException error;
        private boolean failed;

        Breaking(byte[] bytes, int at, IOException error) {
            this.bytes = new ByteArrayInputStream(bytes, 0, at);
            this.error = error;
        }

        @Override
        public int read() throws IOException {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(single[0]);
        }

        @Override
        public int read(byte[] out, int from, int length) throws IOException {
            int count = bytes.read(out, from, length);
            if (count < 0 && !failed) {
                failed = true;
                throw error;
            }
            return count;
        }
    }
}
