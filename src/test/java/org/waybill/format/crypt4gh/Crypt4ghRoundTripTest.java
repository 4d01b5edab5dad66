package org.waybill.format.crypt4gh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.format.MalformedInputException;

class Crypt4ghRoundTripTest {

    private static final int[] LENGTHS = {0, 1, 1_000, 65_535, 65_536, 65_537, 131_072, 131_572};
    private static final int[] READ_SIZES = {1, 512, 65_535, 65_536, 65_537, Crypt4ghFormat.READ_BUFFER_BYTES};

    private static final List<Crypt4ghSecretKey> KEYS =
            Stream.generate(Crypt4ghSecretKey::generate).limit(3).toList();
    private static final List<Crypt4ghPublicKey> RECIPIENTS =
            KEYS.stream().map(Crypt4ghSecretKey::publicKey).toList();
    private static final byte[] PLAINTEXT = Samples.plaintext(131_572, 5);

    static IntStream lengths() {
        return IntStream.of(LENGTHS);
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void everyRecipientReadsWhatWasWritten(int length) throws IOException {
        byte[] plaintext = Arrays.copyOf(PLAINTEXT, length);
        for (int recipients = 1; recipients <= KEYS.size(); recipients++) {
            byte[] file = Samples.encrypt(plaintext, RECIPIENTS.subList(0, recipients));

            assertThat(file).hasSize((int) Crypt4ghFormat.encryptedSize(length, recipients));
            for (Crypt4ghSecretKey key : KEYS.subList(0, recipients)) {
                for (int readSize : READ_SIZES) {
                    assertThat(readBy(readSize, new ByteArrayInputStream(file), key))
                            .as("%d bytes, read by %d", length, readSize)
                            .isEqualTo(plaintext);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void readsFromASourceThatGivesOneByteAtATime(int length) throws IOException {
        byte[] plaintext = Arrays.copyOf(PLAINTEXT, length);
        byte[] file = Samples.encrypt(plaintext, RECIPIENTS);

        byte[] read = readBy(65_536, new TrickleInputStream(new ByteArrayInputStream(file)), KEYS.get(2));

        assertThat(read).isEqualTo(plaintext);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 65_535, 65_536, 65_537, 100_000})
    void makesTheSameFileWhateverIsWrittenAtOnce(int writeSize) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (OutputStream out = new Crypt4ghOutputStream(file, RECIPIENTS)) {
            for (int at = 0; at < PLAINTEXT.length; at += writeSize) {
                out.write(PLAINTEXT, at, Math.min(writeSize, PLAINTEXT.length - at));
            }
        }

        assertThat(file.size()).isEqualTo((int) Crypt4ghFormat.encryptedSize(PLAINTEXT.length, 3));
        assertThat(Samples.decrypt(file.toByteArray(), KEYS.get(0))).isEqualTo(PLAINTEXT);
    }

    @Test
    void readsAndWritesSingleBytes() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (OutputStream out = new Crypt4ghOutputStream(file, RECIPIENTS)) {
            out.write(0xfe);
            out.write(7);
        }
        try (InputStream in =
                new Crypt4ghInputStream(new ByteArrayInputStream(file.toByteArray()), List.of(KEYS.get(0)))) {
            assertThat(in.read()).isEqualTo(0xfe);
            assertThat(in.read()).isEqualTo(7);
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void touchesNothingOfTheArrayBesideItsPart() throws IOException {
        byte[] file = Samples.encrypt(PLAINTEXT, RECIPIENTS);
        byte[] array = new byte[2 * Crypt4ghFormat.SEGMENT_BYTES];
        Arrays.fill(array, (byte) 0x55);
        try (InputStream in = new Crypt4ghInputStream(new ByteArrayInputStream(file), List.of(KEYS.get(0)))) {
            assertThat(in.read(array, 1_000, 65_536)).isEqualTo(65_536);
        }

        assertThat(Arrays.copyOfRange(array, 1_000, 66_536)).isEqualTo(Arrays.copyOf(PLAINTEXT, 65_536));
        assertThat(Arrays.copyOf(array, 1_000)).containsOnly(0x55);
        assertThat(Arrays.copyOfRange(array, 66_536, array.length)).containsOnly(0x55);
    }

    @Test
    void writesNoTwoFilesAlike() throws IOException {
        byte[] one = Samples.encrypt(PLAINTEXT, RECIPIENTS);
        byte[] other = Samples.encrypt(PLAINTEXT, RECIPIENTS);

        Crypt4ghHeader first = Crypt4ghHeader.read(new ByteArrayInputStream(one));
        Crypt4ghHeader second = Crypt4ghHeader.read(new ByteArrayInputStream(other));

        assertThat(first.writers()).hasSize(1).doesNotContainAnyElementsOf(second.writers());
        assertThat(Arrays.copyOfRange(one, 340, 400)).isNotEqualTo(Arrays.copyOfRange(other, 340, 400));
    }

    @Test
    void passesAnErrorOfTheSourceUnchangedAndGoesOnAfterIt() throws IOException {
        byte[] file = Samples.encrypt(PLAINTEXT, RECIPIENTS);
        for (int failAt : new int[] {400, 65_900, 131_000}) {
            FailingInputStream source = new FailingInputStream(new ByteArrayInputStream(file), failAt);
            try (InputStream in = new Crypt4ghInputStream(source, List.of(KEYS.get(1)))) {
                ByteArrayOutputStream plaintext = new ByteArrayOutputStream();

                assertThatThrownBy(() -> in.transferTo(plaintext)).isSameAs(source.failure);
                in.transferTo(plaintext);

                assertThat(plaintext.toByteArray()).isEqualTo(PLAINTEXT);
            }
        }
    }

    @Test
    void passesAnErrorWithinTheHeaderUnchanged() throws IOException {
        byte[] file = Samples.encrypt(PLAINTEXT, RECIPIENTS);
        FailingInputStream source = new FailingInputStream(new ByteArrayInputStream(file), 50);

        assertThatThrownBy(() -> new Crypt4ghInputStream(source, KEYS)).isSameAs(source.failure);
    }

    @Test
    void aStreamThatWasNotFinishedNeverLooksComplete() throws IOException {
        for (int length : LENGTHS) {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            Crypt4ghOutputStream out = new Crypt4ghOutputStream(file, RECIPIENTS);
            out.write(PLAINTEXT, 0, length);
            out.abandon();
            out.close();

            assertThatThrownBy(() -> Samples.decrypt(file.toByteArray(), KEYS.get(0)))
                    .as("%d bytes written", length)
                    .isInstanceOf(MalformedInputException.class);
        }
    }

    @Test
    void aFileWhoseSinkFailedIsNotFinished() throws IOException {
        for (int failAt : new int[] {0, 1, 2}) {
            FailingOutputStream sink = new FailingOutputStream(failAt);
            Crypt4ghOutputStream out = new Crypt4ghOutputStream(sink, RECIPIENTS);

            assertThatThrownBy(() -> out.write(PLAINTEXT)).isSameAs(sink.failure);
            assertThatThrownBy(out::finish).isInstanceOf(IOException.class).hasMessageContaining("abandoned");
            out.close();

            assertThatThrownBy(() -> Samples.decrypt(sink.taken.toByteArray(), KEYS.get(0)))
                    .isInstanceOf(MalformedInputException.class);
        }
    }

    @Test
    void finishingLeavesTheSinkOpenAndTakesNothingMore() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        Crypt4ghOutputStream out = new Crypt4ghOutputStream(file, RECIPIENTS);
        out.write(PLAINTEXT);
        out.finish();
        int size = file.size();
        out.finish();
        out.close();

        assertThat(file.size()).isEqualTo(size);
        assertThat(Samples.decrypt(file.toByteArray(), KEYS.get(0))).isEqualTo(PLAINTEXT);
        assertThatThrownBy(() -> out.write(1)).isInstanceOf(IOException.class);
    }

    @Test
    void needsARecipient() {
        assertThatThrownBy(() -> new Crypt4ghOutputStream(new ByteArrayOutputStream(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The point of order one: every key agrees with it to zero, so everybody could read the file. */
    @Test
    void refusesARecipientWithWhomNoSecretCanBeShared() {
        Crypt4ghPublicKey zero = new Crypt4ghPublicKey(new byte[32]);

        assertThatThrownBy(() -> new Crypt4ghOutputStream(new ByteArrayOutputStream(), List.of(zero)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(zero.toString());
    }

    private static byte[] readBy(int readSize, InputStream source, Crypt4ghSecretKey key) throws IOException {
        ByteArrayOutputStream plaintext = new ByteArrayOutputStream();
        byte[] buffer = new byte[readSize];
        try (InputStream in = new Crypt4ghInputStream(source, List.of(key))) {
            for (int count; (count = in.read(buffer)) >= 0; ) {
                plaintext.write(buffer, 0, count);
            }
        }
        return plaintext.toByteArray();
    }

    private static final class TrickleInputStream extends FilterInputStream {
        TrickleInputStream(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] out, int from, int length) throws IOException {
            return super.read(out, from, Math.min(length, 1));
        }
    }

    /** Fails once, after so many bytes. */
    private static final class FailingInputStream extends FilterInputStream {
        final IOException failure = new IOException("Input/output error");
        private int untilFailure;

        FailingInputStream(InputStream in, int untilFailure) {
            super(in);
            this.untilFailure = untilFailure;
        }

        @Override
        public int read(byte[] out, int from, int length) throws IOException {
            if (untilFailure == 0) {
                untilFailure = Integer.MAX_VALUE;
                throw failure;
            }
            int count = super.read(out, from, Math.min(length, untilFailure));
            untilFailure -= Math.max(0, count);
            return count;
        }
    }

    /** Fails at the write of that number. */
    private static final class FailingOutputStream extends OutputStream {
        final IOException failure = new IOException("No space left on device");
        final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private int untilFailure;

        FailingOutputStream(int untilFailure) {
            this.untilFailure = untilFailure;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b});
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (untilFailure-- == 0) {
                throw failure;
            }
            taken.write(bytes, from, length);
        }
    }
}
