package org.waybill.format.accesslog.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.waybill.format.accesslog.AccessLogFormat.COMBINED;
import static org.waybill.format.accesslog.Logs.COMBINED_LINE;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.format.MalformedInputException;
import org.waybill.format.TruncatedInputException;
import org.waybill.format.accesslog.AccessLogLine;
import org.waybill.format.accesslog.LineFault;
import org.waybill.format.accesslog.LogLine;
import org.waybill.format.accesslog.Logs;

class LogLinesTest {

    private static final int[] READ_SIZES = {1, 7, 512, 4095, 4096, 4097, 65_536};

    private record Read(long offset, long endOffset, LogLine line, String text) {}

    @Test
    void sizeOfReadsDoesNotMatter() throws IOException {
        byte[] log = log(2_000, new Random(1));
        List<Read> whole = read(new ByteArrayInputStream(log), 0);
        assertThat(whole).hasSize(2_002);
        assertThat(whole).extracting(Read::line).hasOnlyElementsOfTypes(AccessLogLine.class, LogLine.Unparseable.class);
        for (int size : READ_SIZES) {
            assertThat(read(inPieces(log, size), 0)).as("reads of " + size).isEqualTo(whole);
            assertThat(read(inPieces(Gzip.of(log), size), 0))
                    .as("gzip, reads of " + size)
                    .isEqualTo(whole);
        }
    }

    @Test
    void everyEndIsWhereToGoOn() throws IOException {
        byte[] log = log(50, new Random(2));
        List<Read> whole = read(new ByteArrayInputStream(log), 0);
        for (int i = 0; i < whole.size(); i++) {
            long position = whole.get(i).endOffset();
            List<Read> rest = whole.subList(i + 1, whole.size());
            assertThat(read(new ByteArrayInputStream(log), position)).isEqualTo(rest);
            assertThat(read(new ByteArrayInputStream(Gzip.of(log)), position)).isEqualTo(rest);
        }
    }

    @Test
    void halfLineWaits() throws IOException {
        byte[] log = Logs.bytes(COMBINED_LINE + "\n" + COMBINED_LINE + "\r\n");
        int first = COMBINED_LINE.length() + 1;
        for (int length = 0; length <= log.length; length++) {
            byte[] cut = Arrays.copyOf(log, length);
            List<Read> lines = read(new ByteArrayInputStream(cut), 0);
            assertThat(lines).hasSize(length < first ? 0 : length < log.length ? 1 : 2);
            try (LogLines reader = LogLines.open(new ByteArrayInputStream(cut), COMBINED, 0)) {
                while (reader.next()) {
                    assertThat(reader.text(500)).isEqualTo(COMBINED_LINE);
                }
                assertThat(reader.next()).isFalse();
                assertThat(reader.endOffset()).isEqualTo(length < first ? 0 : length < log.length ? first : log.length);
            }
        }
    }

    @Test
    void restIsALineThatWasCut() throws IOException {
        String half = COMBINED_LINE.substring(0, 60);
        for (String rest : List.of(half, COMBINED_LINE, "a".repeat(700_000))) {
            byte[] log = Logs.bytes(COMBINED_LINE + "\n" + rest);
            try (LogLines lines = LogLines.open(new ByteArrayInputStream(log), COMBINED, 0)) {
                assertThat(lines.next()).isTrue();
                assertThat(lines.takeRest()).isFalse();
                assertThat(lines.next()).isFalse();
                assertThat(lines.takeRest()).isTrue();
                assertThat(lines.line())
                        .isInstanceOfSatisfying(LogLine.Unparseable.class, line -> assertThat(line.fault())
                                .isEqualTo(LineFault.CUT));
                assertThat(lines.text(60)).isEqualTo(rest.substring(0, 60));
                assertThat(lines.offset()).isEqualTo(COMBINED_LINE.length() + 1);
                assertThat(lines.endOffset()).isEqualTo(log.length);
                assertThat(lines.takeRest()).isFalse();
                assertThat(lines.next()).isFalse();
            }
        }
    }

    @Test
    void lineThatIsTooLongIsOneLineAndTheNextIsRead() throws IOException {
        for (int length : new int[] {262_143, 262_144, 262_145, 263_000, 524_288, 1 << 20, 3_000_001}) {
            String line =
                    COMBINED_LINE.replace("a.pdf", "a".repeat(length - COMBINED_LINE.length() + "a.pdf".length()));
            byte[] log = Logs.bytes(COMBINED_LINE + "\n" + line + "\n" + COMBINED_LINE + "\n" + line);
            for (int size : new int[] {4096, 65_536, 1 << 20}) {
                List<Read> lines = read(inPieces(log, size), 0);
                assertThat(lines).as("of " + length).hasSize(3);
                assertThat(lines.get(1).line() instanceof LogLine.Unparseable).isEqualTo(length > 262_144);
                assertThat(lines.get(1).endOffset() - lines.get(1).offset()).isEqualTo(length + 1L);
                assertThat(lines.get(1).text()).startsWith(COMBINED_LINE.substring(0, 60));
                assertThat(lines.get(2).line()).isEqualTo(lines.get(0).line());
                assertThat(lines.get(2).endOffset()).isEqualTo(log.length - length);
            }
        }
    }

    @Test
    void textIsOfSoManyBytesAtMost() throws IOException {
        byte[] log = Logs.bytes("abc".repeat(100_000) + "\nM\u00c3\u00bcller\r\n");
        try (LogLines lines = LogLines.open(new ByteArrayInputStream(log), COMBINED, 0)) {
            assertThat(lines.next()).isTrue();
            assertThat(lines.line()).isEqualTo(new LogLine.Unparseable(LineFault.TOO_LONG, LogLines.MAX_LINE_BYTES));
            assertThat(lines.text(1 << 20)).isEqualTo("abc".repeat(342).substring(0, 1024));
            assertThat(lines.text(5)).isEqualTo("abcab");
            assertThat(lines.next()).isTrue();
            assertThat(lines.text(100)).isEqualTo("Müller");
        }
    }

    @Test
    void positionOfAnotherLogIsRefused(@TempDir Path folder) throws IOException {
        byte[] log = Logs.bytes(COMBINED_LINE + "\n");
        Path file = Files.write(folder.resolve("log"), log);
        for (long position : new long[] {log.length + 1, log.length + 2, 1_000_000}) {
            assertThatThrownBy(() -> read(new ByteArrayInputStream(log), position))
                    .isInstanceOf(TruncatedInputException.class)
                    .hasMessageContaining("expected to go on at byte " + position);
            assertThatThrownBy(() -> read(Files.newInputStream(file), position))
                    .isInstanceOf(TruncatedInputException.class);
            assertThatThrownBy(() -> read(new FileInputStream(file.toFile()), position))
                    .isInstanceOf(TruncatedInputException.class);
        }
        assertThatThrownBy(() -> read(new ByteArrayInputStream(log), log.length - 1))
                .isExactlyInstanceOf(MalformedInputException.class)
                .hasMessageContaining("another log's content");
    }

    @Test
    void faultOfTheWorldIsNotTheEnd() {
        InputStream failing = new FilterInputStream(new ByteArrayInputStream(Logs.bytes(COMBINED_LINE + "\n"))) {
            @Override
            public int read(byte[] out, int from, int length) throws IOException {
                int count = super.read(out, from, length);
                if (count < 0) {
                    throw new IOException("the disk is gone");
                }
                return count;
            }
        };
        assertThatThrownBy(() -> read(failing, 0)).hasMessage("the disk is gone");
    }

    private static List<Read> read(InputStream in, long position) throws IOException {
        List<Read> read = new ArrayList<>();
        try (LogLines lines = LogLines.open(in, COMBINED, position)) {
            while (lines.next()) {
                read.add(new Read(lines.offset(), lines.endOffset(), lines.line(), lines.text(300)));
            }
        }
        return read;
    }

    /** Lines, a broken one, an empty one, and half a one. */
    private static byte[] log(int lines, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < lines; i++) {
            out.writeBytes(Logs.combined(random).getBytes(ISO_8859_1));
            out.writeBytes(random.nextInt(5) == 0 ? new byte[] {'\r', '\n'} : new byte[] {'\n'});
        }
        out.writeBytes(Logs.bytes("broken\n\n" + COMBINED_LINE));
        return out.toByteArray();
    }

    private static InputStream inPieces(byte[] log, int size) {
        return new FilterInputStream(new ByteArrayInputStream(log)) {
            @Override
            public int read(byte[] out, int from, int length) throws IOException {
                return super.read(out, from, Math.min(length, size));
            }
        };
    }
}
