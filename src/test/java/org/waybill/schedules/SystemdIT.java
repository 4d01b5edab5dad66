package org.waybill.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waybill.schedules.Scheduler.SCHEDULES;
import static org.waybill.schedules.Scheduler.SYSTEMD;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.cli.ExitCode;
import org.waybill.schedules.Scheduler.Said;

/** The units, read by systemd. */
@Tag("oracle")
class SystemdIT {

    private static final Path PROJECT = Path.of("").toAbsolutePath();

    @TempDir
    private Path units = Path.of("");

    @BeforeAll
    static void requireSystemd() {
        SYSTEMD.require();
    }

    /** As an operator has them for the route ega, but for where the program is. */
    @BeforeEach
    void install() throws IOException {
        try (Stream<Path> shipped = Files.list(SCHEDULES.resolve("systemd"))) {
            for (Path unit : shipped.toList()) {
                String text = Files.readString(unit).replace("/srv/waybill/waybill", PROJECT + "/waybill");
                Path template = Files.writeString(units.resolve(unit.getFileName()), text);
                Files.createSymbolicLink(
                        units.resolve(unit.getFileName().toString().replace("@", "@ega")), template);
            }
        }
    }

    @Test
    void systemdReadsThemWithoutAWord() throws Exception {
        assertThat(verify()).isEqualTo(new Said(0, ""));
    }

    @Test
    void systemdTellsOfAKeyThatIsNone() throws Exception {
        Path service = units.resolve("waybill@.service");
        Files.writeString(service, Files.readString(service).replace("KillMode=", "KillMood="));

        assertThat(verify().text()).contains("KillMood");
    }

    /** The scale of systemd: 0 is best, 10 worst; below 2 is its "OK". */
    @Test
    void runsAreShutIn() throws Exception {
        assertThat(SYSTEMD.run(units, "security", "--offline=true", "--threshold=20", "./waybill@ega.service")
                        .exitCode())
                .isZero();
    }

    @Test
    void theTimeIsOfEachNight() throws Exception {
        assertThat(SYSTEMD.run(units, "calendar", value("waybill@.timer", "OnCalendar")))
                .satisfies(said -> assertThat(said.exitCode()).isZero());
    }

    @Test
    void everyExitCodeHasOneFate() throws IOException {
        List<String> fine =
                List.of(value("waybill@.service", "SuccessExitStatus").split(" "));
        List<String> final_ =
                List.of(value("waybill@.service", "RestartPreventExitStatus").split(" "));

        assertThat(fine).containsExactly(numbers(ExitCode.QUARANTINED, ExitCode.REFUSED, ExitCode.STOPPED));
        assertThat(final_).containsExactly(numbers(ExitCode.FAILED, ExitCode.WRONG_USAGE, ExitCode.CONFIGURATION));
        assertThat(ExitCode.values()).hasSize(fine.size() + final_.size() + 2); // 0, and 6, which is tried again
    }

    private Said verify() throws Exception {
        return SYSTEMD.run(
                units, "verify", "./waybill@ega.service", "./waybill@ega.timer", "./waybill-failed@ega.service");
    }

    private String value(String unit, String key) throws IOException {
        return Files.readAllLines(units.resolve(unit)).stream()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    private static String[] numbers(ExitCode... codes) {
        return Stream.of(codes).map(code -> String.valueOf(code.number())).toArray(String[]::new);
    }
}
