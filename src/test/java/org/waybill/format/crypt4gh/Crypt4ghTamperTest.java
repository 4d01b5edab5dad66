package org.waybill.format.crypt4gh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.format.AuthenticationFailedException;
import org.waybill.format.MalformedInputException;
import org.waybill.format.Mutation;
import org.waybill.format.TruncatedInputException;
import org.waybill.format.WrongKeyException;

/** Every damage is an error at the right byte, and not one wrong byte comes out before it. */
class Crypt4ghTamperTest {

    private static final int HEADER = 124;
    private static final int SEGMENT = Crypt4ghFormat.SEGMENT_BYTES;
    private static final int PLAIN = Crypt4ghFormat.SEGMENT_PLAIN_BYTES;
    private static final int MUTANTS = 10_000;
    private static final int MUTANTS_PER_LARGE_ONE = 10;

    private static final Crypt4ghSecretKey KEY = Crypt4ghSecretKey.generate();
    private static final byte[] SMALL = Samples.plaintext(300, 1);
    private static final byte[] LARGE = Samples.plaintext(2 * PLAIN + 500, 2);
    private static byte[] smallFile = {};
    private static byte[] largeFile = {};

    @BeforeAll
    static void encrypt() throws IOException {
        smallFile = Samples.encrypt(SMALL, List.of(KEY.publicKey()));
        largeFile = Samples.encrypt(LARGE, List.of(KEY.publicKey()));
    }

    @Test
    void refusesAFileWithAnyByteFlipped() {
        for (int i = 0; i < smallFile.length; i++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                byte[] flipped = smallFile.clone();
                flipped[i] ^= (byte) (1 << bit);

                Samples.Outcome outcome = Samples.outcome(flipped, KEY);

                assertThat(outcome.fault()).as("bit %d of byte %d", bit, i).isNotNull();
                assertThat(outcome.plaintext()).isEmpty();
            }
        }
    }

    @Test
    void namesTheSegmentWhoseByteIsFlipped() {
        for (int segment = 0; segment < 3; segment++) {
            int start = HEADER + segment * SEGMENT;
            for (int within : new int[] {0, 11, 12, 400, 511, 527}) {
                byte[] flipped = largeFile.clone();
                flipped[start + within] ^= 1;

                Samples.Outcome outcome = Samples.outcome(flipped, KEY);

                assertThat(outcome.fault())
                        .isInstanceOf(AuthenticationFailedException.class)
                        .extracting(MalformedInputException::offset)
                        .isEqualTo((long) start);
                assertThat(outcome.plaintext()).isEqualTo(Arrays.copyOf(LARGE, segment * PLAIN));
            }
        }
    }

    @Test
    void refusesAFileCutAtAnyLengthButAfterTheHeader() {
        for (int length = 0; length < smallFile.length; length++) {
            Samples.Outcome outcome = Samples.outcome(Arrays.copyOf(smallFile, length), KEY);

            assertThat(outcome.plaintext()).as("cut at %d", length).isEmpty();
            if (length == HEADER) { // the empty file looks exactly so
                assertThat(outcome.fault()).isNull();
            } else if (length < HEADER + 28) {
                assertThat(outcome.fault())
                        .isInstanceOf(TruncatedInputException.class)
                        .extracting(MalformedInputException::offset)
                        .isEqualTo((long) length);
            } else {
                assertThat(outcome.fault())
                        .isInstanceOf(AuthenticationFailedException.class)
                        .hasMessageContaining("cut")
                        .extracting(MalformedInputException::offset)
                        .isEqualTo((long) HEADER);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void refusesACutNearAnEdgeAndPassesOnlyTheEdgeItself(int segments) {
        int edge = HEADER + segments * SEGMENT;
        for (int length = edge - 30; length <= edge + 30; length++) {
            Samples.Outcome outcome = Samples.outcome(Arrays.copyOf(largeFile, length), KEY);

            assertThat(outcome.fault() == null).as("cut at %d", length).isEqualTo(length == edge);
            int whole = Math.max(0, length < edge ? segments - 1 : segments);
            assertThat(outcome.plaintext()).isEqualTo(Arrays.copyOf(LARGE, whole * PLAIN));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 12, 27, 28, 29, 1_000})
    void refusesBytesAfterTheEnd(int extra) throws IOException {
        byte[] exact = Samples.encrypt(Arrays.copyOf(LARGE, PLAIN), List.of(KEY.publicKey()));
        for (byte[] file : List.of(smallFile, largeFile, exact)) {
            byte[] longer = Arrays.copyOf(file, file.length + extra);

            assertThat(Samples.outcome(longer, KEY).fault()).isNotNull();
        }
        assertThat(Samples.outcome(Arrays.copyOf(exact, exact.length + Math.min(extra, 27)), KEY)
                        .fault())
                .isInstanceOf(TruncatedInputException.class);
    }

    @Test
    void refusesAShortSegmentThatIsNotTheLast() {
        ChaCha20Poly1305.Key dataKey = ChaCha20Poly1305.Key.random();
        byte[] file = new HandMadeFile(KEY.publicKey())
                .dataKey(dataKey)
                .segment(dataKey, Samples.plaintext(1_000, 3))
                .segment(dataKey, Samples.plaintext(PLAIN, 4))
                .bytes();

        Samples.Outcome outcome = Samples.outcome(file, KEY);

        assertThat(outcome.fault())
                .isInstanceOf(AuthenticationFailedException.class)
                .extracting(MalformedInputException::offset)
                .isEqualTo((long) HEADER);
        assertThat(outcome.plaintext()).isEmpty();
    }

    /** What the format does not promise: only declared sizes and digests tell these files from whole ones. */
    @Test
    void passesWholeSegmentsThatWereRemovedDoubledOrSwapped() throws IOException {
        assertThat(Samples.decrypt(segments(0), KEY)).isEqualTo(Arrays.copyOf(LARGE, PLAIN));
        assertThat(Samples.decrypt(segments(1, 2), KEY)).isEqualTo(Arrays.copyOfRange(LARGE, PLAIN, LARGE.length));
        assertThat(Samples.decrypt(segments(0, 0, 1, 2), KEY)).isEqualTo(plainSegments(0, 0, 1, 2));
        assertThat(Samples.decrypt(segments(1, 0, 2), KEY)).isEqualTo(plainSegments(1, 0, 2));
    }

    @Test
    void refusesAShortSegmentMovedForward() {
        assertThat(Samples.outcome(segments(0, 2, 1), KEY).fault())
                .isInstanceOf(AuthenticationFailedException.class)
                .extracting(MalformedInputException::offset)
                .isEqualTo((long) HEADER + SEGMENT);
    }

    @Test
    void refusesASegmentOfAnotherFile() throws IOException {
        byte[] other = Samples.encrypt(LARGE, List.of(KEY.publicKey()));
        byte[] mixed = largeFile.clone();
        System.arraycopy(other, HEADER + SEGMENT, mixed, HEADER + SEGMENT, SEGMENT);

        Samples.Outcome outcome = Samples.outcome(mixed, KEY);

        assertThat(outcome.fault()).isInstanceOf(AuthenticationFailedException.class);
        assertThat(outcome.plaintext()).isEqualTo(Arrays.copyOf(LARGE, PLAIN));
    }

    @Test
    void saysTheSameFaultAgainInsteadOfGoingOn() throws IOException {
        byte[] flipped = largeFile.clone();
        flipped[HEADER] ^= 1;
        byte[] buffer = new byte[PLAIN];
        try (InputStream in = new Crypt4ghInputStream(new ByteArrayInputStream(flipped), List.of(KEY))) {
            assertThatThrownBy(() -> in.read(buffer)).isInstanceOf(AuthenticationFailedException.class);
            assertThatThrownBy(() -> in.read(buffer)).isInstanceOf(AuthenticationFailedException.class);
            assertThat(buffer).containsOnly(0);
        }
    }

    @Test
    void namesTheKeysWhenNoneFits() {
        Crypt4ghSecretKey other = Crypt4ghSecretKey.generate();
        List<Crypt4ghPublicKey> writers = header().writers();

        Samples.Outcome outcome = Samples.outcome(smallFile, other);

        assertThat(outcome.fault())
                .isInstanceOf(WrongKeyException.class)
                .hasMessageContaining(other.publicKey().toString())
                .hasMessageContaining(writers.get(0).toString());
    }

    /** Seeded: a mutant that fails can be made again. */
    @Test
    void acceptsNoneOfTenThousandMutants() {
        Random random = new Random(20_260_101);
        int refused = 0;
        int unchanged = 0;
        for (int i = 0; i < MUTANTS; i++) {
            boolean large = i % MUTANTS_PER_LARGE_ONE == 0;
            byte[] file = large ? largeFile : smallFile;
            byte[] mutant = Mutation.any(random).apply(file, random);

            Samples.Outcome outcome = Samples.outcome(mutant, KEY);

            byte[] plaintext = large ? LARGE : SMALL;
            assertThat(Arrays.mismatch(outcome.plaintext(), plaintext))
                    .as("mutant %d gives only the right bytes", i)
                    .isIn(-1, outcome.plaintext().length);
            boolean cutAtAnEdge = mutant.length < file.length
                    && (mutant.length - HEADER) % SEGMENT == 0
                    && Arrays.equals(mutant, Arrays.copyOf(file, mutant.length));
            if (Arrays.equals(mutant, file)) {
                unchanged++;
            } else if (!cutAtAnEdge) {
                assertThat(outcome.fault()).as("mutant %d", i).isNotNull();
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(MUTANTS * 9 / 10);
        assertThat(unchanged).isLessThan(MUTANTS / 20);
    }

    private static Crypt4ghHeader header() {
        try {
            return Crypt4ghHeader.read(new ByteArrayInputStream(smallFile));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] segments(int... numbers) {
        return concatenate(largeFile, HEADER, SEGMENT, numbers);
    }

    private static byte[] plainSegments(int... numbers) {
        return concatenate(LARGE, 0, PLAIN, numbers);
    }

    private static byte[] concatenate(byte[] whole, int start, int size, int... numbers) {
        ByteArrayOutputStream pieces = new ByteArrayOutputStream();
        pieces.write(whole, 0, start);
        IntStream.of(numbers)
                .map(number -> start + number * size)
                .forEach(from -> pieces.write(whole, from, Math.min(size, whole.length - from)));
        return pieces.toByteArray();
    }
}
