package org.waybill.format.accesslog.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.accesslog.Logs;

class LogHeadTest {

    private static final int FULL = LogHead.MAX_BYTES;

    @Test
    void isTheSha256OfItsCompleteLines() {
        assertThat(LogHead.of("one\ntwo\nthr".getBytes(US_ASCII)))
                .hasValue(
                        new LogHead( // printf 'one\ntwo\n' | sha256sum
                                8,
                                new Checksum(
                                        ChecksumAlgorithm.SHA256,
                                        "c3f9c8c283a2b1f2f1896f27a01cbe3cddc0c9d93f752e4639035a0f5b36f6e8")));
    }

    @Test
    void logWithoutACompleteLineHasNone() {
        assertThat(LogHead.of(new byte[0])).isEmpty();
        assertThat(LogHead.of("half a line".getBytes(US_ASCII))).isEmpty();
        assertThat(LogHead.of(new byte[FULL - 1])).isEmpty();
    }

    @Test
    void firstLineThatIsLongerIsCut() {
        byte[] line = "a".repeat(10_000).getBytes(US_ASCII);
        assertThat(LogHead.of(line).orElseThrow().bytes()).isEqualTo(FULL);
        assertThat(LogHead.of(Arrays.copyOf(line, FULL))).isEqualTo(LogHead.of(line));
    }

    /** Byte by byte, with lines that end right before, at and behind the last byte of a head too. */
    @Test
    void everyHeadOfAGrowingLogIsRecognisedInAllItsFuture() {
        for (int last : new int[] {-1, 0, 1, 500}) {
            byte[] log = log(new Random(last));
            log[FULL - 1] = 'x';
            log[FULL + last] = '\n';
            List<LogHead> heads = new ArrayList<>();
            int longest = 0;
            for (int length = 0; length <= log.length; length++) {
                byte[] beginning = Arrays.copyOf(log, length);
                LogHead head = LogHead.of(beginning).orElse(null);
                if (head != null && (heads.isEmpty() || !head.equals(heads.get(heads.size() - 1)))) {
                    assertThat(head.bytes()).isGreaterThan(longest);
                    longest = head.bytes();
                    heads.add(head);
                }
                if (length % 100 == 0 || Math.abs(length - FULL) < 3) {
                    assertThat(heads).allMatch(kept -> kept.isOf(beginning));
                }
            }
            assertThat(heads).hasSizeBetween(10, 100);
            assertThat(LogHead.bestOf(heads.stream(), log)).hasValue(heads.get(heads.size() - 1));
            assertThat(LogHead.of(Arrays.copyOf(log, FULL))).hasValue(heads.get(heads.size() - 1));
        }
    }

    @Test
    void otherLogsAreNotTakenForIt() {
        byte[] log = log(new Random(1));
        LogHead head = LogHead.of(log).orElseThrow();
        for (int i = 0; i < head.bytes(); i++) {
            byte[] other = log.clone();
            other[i] ^= 1;
            assertThat(head.isOf(other)).isFalse();
        }
        assertThat(head.isOf(Arrays.copyOf(log, head.bytes() - 1))).as("shrunk").isFalse();
        assertThat(head.isOf(Arrays.copyOf(log, head.bytes()))).isTrue();
        assertThat(LogHead.bestOf(List.of(head).stream(), new byte[FULL])).isEmpty();
    }

    /** A log that began again with the line of the old one: the longer head tells. */
    @Test
    void ofSeveralThatFitTheLongestIsMeant() {
        byte[] log = log(new Random(1));
        int line = new String(log, US_ASCII).indexOf('\n') + 1;
        LogHead young = LogHead.of(Arrays.copyOf(log, line)).orElseThrow();
        LogHead grown = LogHead.of(log).orElseThrow();
        assertThat(LogHead.bestOf(List.of(young, grown).stream(), log)).hasValue(grown);
        assertThat(LogHead.bestOf(List.of(young, grown).stream(), Arrays.copyOf(log, line)))
                .hasValue(young);
    }

    @Test
    void compressionDoesNotChangeIt() throws IOException {
        byte[] log = log(new Random(1));
        byte[] plain = LogHead.read(new ByteArrayInputStream(log));
        assertThat(plain).hasSize(FULL);
        assertThat(LogHead.read(new ByteArrayInputStream(Gzip.of(log)))).isEqualTo(plain);
        byte[] members =
                Gzip.joined(Gzip.of(Arrays.copyOf(log, 100)), Gzip.of(Arrays.copyOfRange(log, 100, log.length)));
        assertThat(LogHead.read(new ByteArrayInputStream(members))).isEqualTo(plain);
        assertThat(LogHead.read(new ByteArrayInputStream(new byte[] {0x1f}))).containsExactly(0x1f);
    }

    @Test
    void isOfSomeBytes() {
        Checksum sha256 = LogHead.of(new byte[] {'\n'}).orElseThrow().sha256();
        assertThatThrownBy(() -> new LogHead(0, sha256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LogHead(FULL + 1, sha256)).isInstanceOf(IllegalArgumentException.class);
        Checksum md5 = Checksum.of(ChecksumAlgorithm.MD5, new byte[16]);
        assertThatThrownBy(() -> new LogHead(1, md5)).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] log(Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (out.size() < FULL + 1000) {
            out.writeBytes(Logs.bytes(Logs.combined(random) + "\n"));
        }
        return out.toByteArray();
    }
}
