package org.waybill.format.crypt4gh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waybill.format.MalformedInputException;
import org.waybill.format.TruncatedInputException;
import org.waybill.format.WrongKeyException;

class Crypt4ghHeaderTest {

    private static final Crypt4ghSecretKey KEY = Crypt4ghSecretKey.generate();
    private static final ChaCha20Poly1305.Key DATA_KEY = ChaCha20Poly1305.Key.random();
    private static final byte[] PLAINTEXT = Samples.plaintext(65_536 + 1_000, 6);

    @Test
    void saysWithoutAKeyWhatEverybodyMaySee() throws IOException {
        Crypt4ghHeader header = header(Files.readAllBytes(Samples.FILES.resolve("two-recipients.200000.c4gh")));

        assertThat(header.packetCount()).isEqualTo(2);
        assertThat(header.lengthBytes()).isEqualTo(Crypt4ghFormat.headerSize(2)).isEqualTo(232);
        assertThat(header.writers()).isNotEmpty();
        assertThat(header.toString()).contains(header.writers().get(0).toString());
    }

    @Test
    void saysWithAKeyHowManyDataKeysAndWhichEditList() throws IOException {
        Crypt4ghHeader header = header(Files.readAllBytes(Samples.FILES.resolve("edit-list.c4gh")));

        HeaderContents contents = header.open(List.of(Samples.pythonKey()));

        assertThat(contents.dataKeyCount()).isEqualTo(1);
        assertThat(contents.editList()).hasValue(new EditList(List.of(4_464L, 80_000L)));
    }

    @Test
    void printsNoSecret() throws IOException {
        byte[] file = new HandMadeFile(KEY.publicKey()).dataKey(DATA_KEY).bytes();
        HeaderContents contents = header(file).open(List.of(KEY));

        String printed = contents + " " + contents.dataKeys() + " " + KEY + " " + header(file) + " " + DATA_KEY;

        for (byte[] secret : List.of(DATA_KEY.getEncoded(), KEY.copyBytes())) {
            assertThat(printed)
                    .doesNotContain(HexFormat.of().formatHex(secret))
                    .doesNotContain(Base64.getEncoder().encodeToString(secret));
        }
    }

    @Test
    void readsSegmentsUnderSeveralDataKeys() throws IOException {
        ChaCha20Poly1305.Key other = ChaCha20Poly1305.Key.random();
        byte[] full = Arrays.copyOf(PLAINTEXT, 65_536);
        byte[] last = Samples.plaintext(70, 7);
        byte[] file = new HandMadeFile(KEY.publicKey())
                .dataKey(DATA_KEY)
                .dataKey(other)
                .segment(other, full)
                .segment(DATA_KEY, full)
                .segment(DATA_KEY, full)
                .segment(other, last)
                .bytes();

        assertThat(Samples.decrypt(file, KEY)).isEqualTo(concat(concat(concat(full, full), full), last));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0-66536",
        "0, 0-66536",
        "5, 5-66536",
        "66536, ''",
        "70000, ''",
        "0 10, 0-10",
        "0 0, ''",
        "10 0 5, 15-66536",
        "65530 10, 65530-65540",
        "100 200 300 400 65000, 100-300 600-1000 66000-66536",
        "0 65536, 0-65536",
        "65536 1000, 65536-66536",
        "1 -1, 1-66536",
        "-1, ''",
        "0 10 -1 7, 0-10",
    })
    void appliesTheEditList(String lengths, String kept) throws IOException {
        long[] numbers = Arrays.stream(lengths.split(" ", -1))
                .filter(number -> !number.isEmpty())
                .mapToLong(Long::parseLong)
                .toArray();
        byte[] file = new HandMadeFile(KEY.publicKey())
                .dataKey(DATA_KEY)
                .editList(numbers)
                .segment(DATA_KEY, Arrays.copyOf(PLAINTEXT, 65_536))
                .segment(DATA_KEY, Arrays.copyOfRange(PLAINTEXT, 65_536, PLAINTEXT.length))
                .bytes();

        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (String range : kept.split(" ", -1)) {
            if (!range.isEmpty()) {
                String[] edges = range.split("-", -1);
                int from = Integer.parseInt(edges[0]);
                expected.write(PLAINTEXT, from, Integer.parseInt(edges[1]) - from);
            }
        }
        assertThat(Samples.decrypt(file, KEY)).isEqualTo(expected.toByteArray());
        assertThat(Samples.outcome(file, KEY).plaintext()).isEqualTo(expected.toByteArray());
    }

    @Test
    void authenticatesWhatTheEditListDrops() {
        byte[] file = new HandMadeFile(KEY.publicKey())
                .dataKey(DATA_KEY)
                .editList(0, 10)
                .segment(DATA_KEY, Arrays.copyOf(PLAINTEXT, 65_536))
                .segment(DATA_KEY, new byte[100])
                .bytes();
        file[file.length - 1] ^= 1;

        assertThat(Samples.outcome(file, KEY).fault()).isNotNull();
    }

    @Test
    void refusesASecondEditList() {
        assertMalformed(new HandMadeFile(KEY.publicKey())
                        .dataKey(DATA_KEY)
                        .editList(1)
                        .editList(1)
                        .bytes())
                .hasMessageContaining("second edit list");
    }

    @Test
    void takesPaddingAfterAPayload() throws IOException {
        ByteBuffer padded = HandMadeFile.fields(64)
                .putInt(0)
                .putInt(0)
                .put(DATA_KEY.getEncoded())
                .putInt(0);
        byte[] file = new HandMadeFile(KEY.publicKey())
                .packet(padded)
                .segment(DATA_KEY, new byte[10])
                .bytes();

        assertThat(Samples.decrypt(file, KEY)).hasSize(10).containsOnly(0);
    }

    @Test
    void skipsPacketsOfUnknownMethodsAndForOthers() throws IOException {
        byte[] unknown = HandMadeFile.fields(20).putInt(20).putInt(7).array();
        byte[] foreign = SealedPacket.seal(
                new byte[40],
                Crypt4ghSecretKey.generate(),
                Crypt4ghSecretKey.generate().publicKey(),
                new ChaCha20Poly1305());
        byte[] file = new HandMadeFile(KEY.publicKey())
                .rawPacket(unknown)
                .rawPacket(foreign)
                .dataKey(DATA_KEY)
                .segment(DATA_KEY, new byte[10])
                .bytes();

        assertThat(Samples.decrypt(file, KEY)).hasSize(10);
        assertThat(header(file).packetCount()).isEqualTo(3);
    }

    /** Its writer's key is the zero point: the "shared" key is known to everybody who knows the reader's public key. */
    @Test
    void doesNotOpenAPacketThatSharesNoSecret() {
        Blake2bDigest blake2b = new Blake2bDigest(512);
        blake2b.update(new byte[32], 0, 32);
        blake2b.update(KEY.publicKey().bytes(), 0, 32);
        blake2b.update(new byte[32], 0, 32);
        byte[] hash = new byte[64];
        blake2b.doFinal(hash, 0);
        byte[] packet = HandMadeFile.fields(108).putInt(108).putInt(0).array();
        new ChaCha20Poly1305().seal(ChaCha20Poly1305.Key.of(hash), new byte[40], 0, 40, packet, 40);

        assertThatThrownBy(() -> Samples.decrypt(
                        new HandMadeFile(KEY.publicKey()).rawPacket(packet).bytes(), KEY))
                .isInstanceOf(WrongKeyException.class);
    }

    @Test
    void refusesAHeaderThatHasAnEditListAndNoDataKey() {
        assertThatThrownBy(() -> Samples.decrypt(
                        new HandMadeFile(KEY.publicKey()).editList(1).bytes(), KEY))
                .isInstanceOf(WrongKeyException.class);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertMalformed(payload(fields(4).putInt(2))).hasMessageContaining("unknown type 2");
        assertMalformed(payload(fields(40).putInt(0).putInt(9))).hasMessageContaining("unknown method 9");
        assertMalformed(payload(fields(48).putInt(0).putInt(1))).hasMessageContaining("with_AEAD");
        assertMalformed(payload(fields(20).putInt(0).putInt(0))).hasMessageContaining("too short");
        assertMalformed(payload(fields(4).putInt(1))).hasMessageContaining("too short");
        assertMalformed(payload(fields(16).putInt(1).putInt(2))).hasMessageContaining("does not fit");
        assertMalformed(payload(fields(16).putInt(1).putInt(-1))).hasMessageContaining("4294967295");
    }

    @Test
    void namesTheOldDraft() {
        ByteBuffer draft = fields(700)
                .put("crypt4gh".getBytes(StandardCharsets.US_ASCII))
                .putInt(1)
                .putInt(0x29c)
                .put(HexFormat.of().parseHex("c1c04c03a1b2c3d4e5f60718010800"));
        ByteBuffer longDraft = fields(3_000)
                .put("crypt4gh".getBytes(StandardCharsets.US_ASCII))
                .putInt(1)
                .putInt(2_900)
                .put(HexFormat.of().parseHex("85010c03a1b2c3d4e5f60718010800"));

        assertMalformed(HandMadeFile.bytesOf(draft))
                .hasMessageContaining("old draft")
                .hasMessageContaining("byte 16");
        assertMalformed(HandMadeFile.bytesOf(longDraft)).hasMessageContaining("old draft");
    }

    @Test
    void boundsEveryNumberBeforeTakingMemory() {
        assertMalformed(start(1, 0)).hasMessageContaining("0 packets").hasMessageContaining("byte 12");
        assertMalformed(start(1, -1)).hasMessageContaining("4294967295 packets");
        assertMalformed(concat(start(1, 1_025), fields(8).putInt(108).putInt(0).array()))
                .hasMessageContaining("1025 packets");
        assertMalformed(start(2, 1)).hasMessageContaining("version 2").hasMessageContaining("byte 8");
        for (int length : new int[] {0, 7, 71, 131_073, Integer.MAX_VALUE, -1}) {
            assertMalformed(concat(
                            start(1, 1), fields(8).putInt(length).putInt(0).array()))
                    .hasMessageContaining("a header packet of " + Integer.toUnsignedString(length) + " bytes");
        }
        byte[] large = Arrays.copyOf(fields(8).putInt(131_072).putInt(5).array(), 131_072);
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        many.writeBytes(start(1, 1_000));
        for (int i = 0; i < 40; i++) {
            many.writeBytes(large);
        }
        assertMalformed(many.toByteArray()).hasMessageContaining("a header of more than");
    }

    @Test
    void tellsAnotherFileFromACutOne() {
        assertMalformed("BAM\1".getBytes(StandardCharsets.ISO_8859_1))
                .isNotInstanceOf(TruncatedInputException.class)
                .hasMessageContaining("not a Crypt4GH file")
                .hasMessageContaining("byte 0");
        assertMalformed("crypt".getBytes(StandardCharsets.US_ASCII))
                .isInstanceOf(TruncatedInputException.class)
                .hasMessageContaining("byte 5");
        assertMalformed(new byte[0]).isInstanceOf(TruncatedInputException.class);
    }

    @Test
    void rewrapsForAnotherReaderWithTheBodyUnchanged() throws IOException {
        byte[] file = Files.readAllBytes(Samples.FILES.resolve("edit-list.c4gh"));
        Crypt4ghHeader header = header(file);
        byte[] rewrapped = concat(
                header.open(List.of(Samples.pythonKey())).sealFor(List.of(KEY.publicKey())),
                Arrays.copyOfRange(file, (int) header.lengthBytes(), file.length));

        assertThat(Samples.decrypt(rewrapped, KEY)).isEqualTo(Samples.decrypt(file, Samples.pythonKey()));
        assertThatThrownBy(() -> Samples.decrypt(rewrapped, Samples.pythonKey()))
                .isInstanceOf(WrongKeyException.class);
    }

    @Test
    void sealsNothingAfterItsKeysWereZeroed() throws IOException {
        HeaderContents contents = header(
                        new HandMadeFile(KEY.publicKey()).dataKey(DATA_KEY).bytes())
                .open(List.of(KEY));
        contents.close();

        assertThatThrownBy(() -> contents.sealFor(List.of(KEY.publicKey()))).isInstanceOf(IllegalStateException.class);
    }

    private static AbstractThrowableAssert<?, ?> assertMalformed(byte[] file) {
        return assertThatThrownBy(() -> Samples.decrypt(file, KEY)).isInstanceOf(MalformedInputException.class);
    }

    private static byte[] payload(ByteBuffer fields) {
        return new HandMadeFile(KEY.publicKey()).packet(fields).bytes();
    }

    private static byte[] start(int version, int packets) {
        return fields(16)
                .put("crypt4gh".getBytes(StandardCharsets.US_ASCII))
                .putInt(version)
                .putInt(packets)
                .array();
    }

    private static ByteBuffer fields(int bytes) {
        return HandMadeFile.fields(bytes);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static Crypt4ghHeader header(byte[] file) throws IOException {
        return Crypt4ghHeader.read(new ByteArrayInputStream(file));
    }
}
