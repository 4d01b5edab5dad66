package org.waybill.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waybill.schedules.Scheduler.PROMTOOL;
import static org.waybill.schedules.Scheduler.SCHEDULES;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.House;
import org.waybill.ledger.Night;
import org.waybill.report.metrics.Measurements;
import org.waybill.report.metrics.MetricsFile;
import org.waybill.schedules.Scheduler.Said;

/** The metrics and the alert rules, read by Prometheus. */
@Tag("oracle")
class PrometheusIT {

    private static final Path RULES = SCHEDULES.resolve("prometheus");
    private static final Pattern METRIC = Pattern.compile("waybill_[a-z_]+");

    @BeforeAll
    static void requirePromtool() {
        PROMTOOL.require();
    }

    @Test
    void theMetricsHaveNoFault(@TempDir Path home, @TempDir Path folder) throws Exception {
        Path metrics = nightIn(home, folder);

        Said said = new Scheduler(Path.of("/bin/sh"), "dash")
                .run(folder, "-c", PROMTOOL.program() + " check metrics <" + metrics);

        assertThat(said).isEqualTo(new Said(0, ""));
    }

    @Test
    void theRulesAreRules() throws Exception {
        assertThat(PROMTOOL.run(RULES, "check", "rules", "waybill.rules.yml"))
                .satisfies(said -> assertThat(said.exitCode()).as(said.text()).isZero());
    }

    @Test
    void eachRuleFiresWhenItIsToAndOnlyThen() throws Exception {
        assertThat(PROMTOOL.run(RULES, "test", "rules", "waybill.rules.test.yml"))
                .satisfies(said -> assertThat(said.exitCode()).as(said.text()).isZero());
    }

    @Test
    void eachRuleIsTested() throws IOException {
        Set<String> rules = Files.readAllLines(RULES.resolve("waybill.rules.yml")).stream()
                .filter(line -> line.contains("- alert: "))
                .map(line -> line.replaceFirst(".*alert: ", ""))
                .collect(Collectors.toSet());

        assertThat(Files.readString(RULES.resolve("waybill.rules.test.yml")))
                .contains(
                        rules.stream().map(rule -> "alertname: " + rule + "\n").toList());
    }

    @Test
    void whatTheRulesLookAtIsWritten(@TempDir Path home, @TempDir Path folder) throws Exception {
        String metrics = Files.readString(nightIn(home, folder));

        assertThat(METRIC.matcher(Files.readString(RULES.resolve("waybill.rules.yml")))
                        .results())
                .extracting(result -> result.group())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(metrics).contains("# TYPE " + name + " "));
    }

    /** With a schedule, and a failed run. */
    private static Path nightIn(Path home, Path folder) throws Exception {
        try (House house = Night.in(home)) {
            house.jdbc().sql("""
                            insert into route_configuration (route, sha256, seen_at) values ('ega', repeat('a', 64), now());
                            insert into route_schedule (configuration_id, target, stage, cron, zone, grace_seconds)
                            select max(configuration_id), 'ega', 'intake', '15 1 * * *', 'UTC', 1800 from route_configuration
                            """).update();
            MetricsFile file = new MetricsFile(folder, "ega");
            file.write(house.bean(Measurements.class).of("ega"));
            return file.path();
        }
    }
}
