package org.waybill.format.accesslog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.format.Mutation;
import org.waybill.format.accesslog.stream.LogLines;

/** Damaged logs: no line throws, and each is accounted for. */
class AccessLogFuzzTest {

    private static final int MUTANTS = 3_000;
    private static final long SEED = 20261128;

    @ParameterizedTest
    @ValueSource(strings = {"proof", "nginx-completion", "combined", "pattern"})
    void linesInAreParsedAndUnparseable(String name) throws IOException {
        AccessLogFormat format = AccessLogFormat.named(name)
                .orElseGet(
                        () -> AccessLogFormat.ofPattern(
                                "(?<host>\\S+) \\S+ (?<user>.*) \\[(?<time>[^]]*)\\] \"(?<method>\\S+)"
                                        + " (?<path>.*?)(?<protocol> HTTP/\\S+)?\" (?<status>\\S+) (?<bytes>\\S+) (?<agent>.*)"));
        String original = List.of("proof", "pattern").contains(name) ? "apache-proof.log" : "nginx-completion.log";
        byte[] log = Logs.resource(original);
        if (name.equals("combined")) {
            log = new String(log, ISO_8859_1).replaceAll(" (OK)?\n", "\n").getBytes(ISO_8859_1);
        }
        Random random = new Random(SEED);
        long parsed = 0;
        long unparseable = 0;
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = log;
            for (int change = random.nextInt(8); change >= 0 && mutant.length > 1; change--) {
                mutant = Mutation.any(random).apply(mutant, random);
            }
            long lines = 0;
            long end = 0;
            try (LogLines reader = LogLines.open(new ByteArrayInputStream(mutant), format, 0)) {
                while (reader.next()) {
                    assertThat(reader.offset()).isEqualTo(end);
                    end = reader.endOffset();
                    lines++;
                    if (reader.line() instanceof LogLine.Unparseable fault) {
                        unparseable++;
                        assertThat((long) fault.offset()).isLessThan(end - reader.offset());
                    } else {
                        parsed++;
                    }
                }
            }
            long feeds = 0;
            for (byte b : mutant) {
                feeds += b == '\n' ? 1 : 0;
            }
            assertThat(lines).as("lines of mutant " + i).isEqualTo(feeds);
        }
        assertThat(parsed).isGreaterThan(MUTANTS);
        assertThat(unparseable).isGreaterThan(MUTANTS / 10);
    }
}
