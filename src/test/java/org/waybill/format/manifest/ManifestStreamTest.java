package org.waybill.format.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.waybill.format.manifest.ManifestRow.Declared;

/** A million rows from a stream that never holds more than one, into a reader that holds no more either. */
class ManifestStreamTest {

    private static final int ROWS = 1_000_000;

    static Stream<Arguments> formats() {
        return Stream.of(
                Arguments.of(
                        "list.md5", "", (IntFunction<String>) i -> hash(i) + "  EGAR/file-" + i + ".bam.cip\n", ""),
                Arguments.of("EGAD1.txt", "", (IntFunction<String>) i -> "file-" + i + ".bam\t" + hash(i) + "\n", ""),
                Arguments.of(
                        "t.csv",
                        "sample,file name,md5\n",
                        (IntFunction<String>) i -> "s" + i + ",\"file-" + i + ".bam\"," + hash(i) + "\n",
                        ""),
                Arguments.of(
                        "m.json",
                        "[{}",
                        (IntFunction<String>) i -> ",{\"fileId\":\"E" + i + "\",\"fileName\":\"" + i
                                + "\",\"fileMd5\":\"" + hash(i) + "\"}",
                        "]"));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aMillionRowsStreamThrough(String name, String start, IntFunction<String> row, String end) throws Exception {
        long declared = 0;
        try (ManifestReader reader = ManifestReader.open(new Generated(start, row, end), name, Map.of())) {
            for (ManifestRow read = reader.next(); read != null; read = reader.next()) {
                declared += read instanceof Declared ? 1 : 0;
            }
        }
        assertThat(declared).isEqualTo(ROWS);
    }

    private static String hash(int i) {
        String digits = Integer.toHexString(i);
        return "0".repeat(32 - digits.length()) + digits;
    }

    /** Makes the text piece by piece: the start, the rows, the end. */
    private static final class Generated extends InputStream {

        private final IntFunction<String> row;
        private final String end;
        private byte[] piece;
        private int position;
        private int made;

        Generated(String start, IntFunction<String> row, String end) {
            this.piece = start.getBytes(UTF_8);
            this.row = row;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int copied = 0;
            while (copied < length && (position < piece.length || makeNext())) {
                int count = Math.min(length - copied, piece.length - position);
                System.arraycopy(piece, position, target, offset + copied, count);
                position += count;
                copied += count;
            }
            return copied == 0 && length > 0 ? -1 : copied;
        }

        private boolean makeNext() {
            if (made > ROWS) {
                return false;
            }
            piece = (made < ROWS ? row.apply(made) : end).getBytes(UTF_8);
            made++;
            position = 0;
            return piece.length > 0;
        }
    }
}
