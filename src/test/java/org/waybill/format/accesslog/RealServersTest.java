package org.waybill.format.accesslog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.waybill.format.accesslog.AccessLogLine.Completion;
import org.waybill.format.accesslog.range.SentPiece;

/**
 * What Apache 2.4 and nginx 1.22 wrote when they were asked odd things: ranges, users with spaces, quotes and brackets,
 * requests that are none, a client that left.
 */
class RealServersTest {

    @Test
    void everyLineOfApacheIsRead() throws IOException {
        List<AccessLogLine> lines = lines("apache-proof.log", AccessLogFormat.PROOF);
        assertThat(lines).hasSize(36);
        assertThat(users(lines)).containsExactly("u", "a b", "q\"b", "x [01/Jan/2020");
        assertThat(lines.stream().filter(line -> line.method().isEmpty()).map(AccessLogLine::status))
                .containsExactly(400, 400, 400, 408);
        assertThat(paths(lines))
                .containsEntry("/a.bin", 12)
                .containsEntry("/dir/with space ü.bin", 2)
                .containsEntry("/a\"b\\c", 1)
                .containsEntry("/big.bin", 1);
        assertThat(lines.get(0).agent()).hasValue("probe/1 \"q\" \\ ü\t.");
        AccessLogLine left = lines.get(lines.size() - 1);
        assertThat(left.completion()).isEqualTo(Completion.ABORTED);
        assertThat(left.responseBytes()).as("what was to be sent").hasValue(30_000_000);
        assertThat(left.sentBytes()).as("what was").hasValue(2_807_808);
    }

    @Test
    void everyLineOfNginxIsRead() throws IOException {
        List<AccessLogLine> lines = lines("nginx-completion.log", AccessLogFormat.NGINX_COMPLETION);
        assertThat(lines).hasSize(36);
        assertThat(users(lines)).containsExactly("u", "a b", "q\"b", "x [01/Jan/2020");
        assertThat(lines.stream().filter(line -> line.method().isEmpty()).map(AccessLogLine::status))
                .containsExactly(400, 400, 408);
        assertThat(lines.stream()
                        .filter(line -> line.completion() == Completion.ABORTED)
                        .map(AccessLogLine::status))
                .containsExactly(408, 200);
    }

    /** 100,000 bytes whole, or 500 and 99,500 of them; not HEAD, not two ranges at once, not 30,000,000 bytes. */
    @Test
    void piecesOfApacheAreWhatWasSent() throws IOException {
        Map<String, Integer> pieces = new TreeMap<>();
        lines("apache-proof.log", AccessLogFormat.PROOF).stream()
                .filter(line -> line.path().filter("/a.bin"::equals).isPresent())
                .flatMap(line -> SentPiece.of(line).stream())
                .forEach(piece -> pieces.merge(
                        piece.from() + "-" + piece.to() + " of "
                                + piece.version().sizeBytes(),
                        1,
                        Integer::sum));
        assertThat(pieces)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("0-100000 of 100000", 5, "0-500 of 100000", 1, "500-100000 of 100000", 1));
    }

    private static List<AccessLogLine> lines(String name, AccessLogFormat format) throws IOException {
        return Stream.of(new String(Logs.resource(name), ISO_8859_1).split("\n"))
                .map(line -> Logs.parsed(format, line))
                .toList();
    }

    private static List<String> users(List<AccessLogLine> lines) {
        return lines.stream().map(AccessLogLine::user).flatMap(Optional::stream).toList();
    }

    private static Map<String, Integer> paths(List<AccessLogLine> lines) {
        Map<String, Integer> paths = new TreeMap<>();
        lines.stream().flatMap(line -> line.path().stream()).forEach(path -> paths.merge(path, 1, Integer::sum));
        return paths;
    }
}
