package org.waybill.run.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.House;
import org.waybill.run.Stage;
import org.waybill.stage.Uploads;

/** What is recorded of the configuration under which runs are made. */
class ConfigurationsIT {

    private static final String SCHEDULE = """
            schedule:
              zone: Europe/Oslo
              route: "15 1 * * *"
              transfer: "*/10 * * * *"
            """;

    @TempDir
    private Path home;

    private House house;
    private Path file;

    @BeforeEach
    void open() throws IOException {
        Uploads.in(home);
        house = House.in(home);
        file = home.resolve("jobs/ega.yaml");
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void eachChangeIsAddedWithItsSchedule() throws IOException {
        String first = Files.readString(file);
        house.run("ega", Stage.INTAKE);
        house.run("ega", Stage.TRANSFER);
        Files.writeString(file, SCHEDULE, StandardOpenOption.APPEND);
        String second = Files.readString(file);
        house.run("ega", Stage.INTAKE);
        house.run("ega", Stage.INTAKE);
        Files.writeString(file, first);
        house.run("ega", Stage.INTAKE);

        assertThat(strings("select sha256 from route_configuration order by configuration_id"))
                .containsExactly(
                        DigestUtils.sha256Hex(first), DigestUtils.sha256Hex(second), DigestUtils.sha256Hex(first));
        assertThat(strings("""
                        select concat_ws(' | ', configuration_id, target, stage, cron, zone, grace_seconds)
                        from route_schedule
                        order by target
                        """))
                .containsExactly(
                        "2 | ega | intake | 15 1 * * * | Europe/Oslo | 3600",
                        "2 | ega.transfer | transfer | */10 * * * * | Europe/Oslo | 3600");
        assertThat(strings("select configuration from run order by run_id"))
                .containsExactly(
                        DigestUtils.sha256Hex(first),
                        DigestUtils.sha256Hex(first),
                        DigestUtils.sha256Hex(second),
                        DigestUtils.sha256Hex(second),
                        DigestUtils.sha256Hex(first));
    }

    @Test
    void runHasTheVersionsThatMadeIt() {
        house.run("ega", Stage.INTAKE);

        assertThat(strings("select concat_ws(' | ', program, java, database) from run"))
                .singleElement()
                .asString()
                .matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)? \\| "
                        + Pattern.quote(Runtime.version().toString()) + " \\| \\d+\\.\\d+.*");
    }

    @Test
    void recordCannotBeChanged() {
        house.run("ega", Stage.INTAKE);

        assertThatThrownBy(() ->
                        house.jdbc().sql("delete from route_configuration").update())
                .hasMessageContaining("append-only");
        assertThatThrownBy(() -> house.jdbc()
                        .sql("update route_configuration set seen_at = now()")
                        .update())
                .hasMessageContaining("append-only");
    }

    @Test
    void howARunEndedFirstIsKept() {
        house.run("ega", Stage.INTAKE);

        house.jdbc()
                .sql("update run set status = 'ABANDONED', message = 'a person said so'")
                .update();

        assertThat(strings("select concat_ws(' | ', status, outcome, coalesce(outcome_message, 'none')) from run"))
                .containsExactly("ABANDONED | COMPLETED | none");
    }

    private List<String> strings(String sql) {
        return house.jdbc().sql(sql).query(String.class).list();
    }
}
