package org.waybill.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.waybill.schedules.Scheduler.CRONTAB;
import static org.waybill.schedules.Scheduler.SCHEDULES;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The crontab, read by cron's own parser; its lines, run by the shell that cron runs them by. */
@Tag("oracle")
class CrontabIT {

    private static final Path CRONTAB_FILE = SCHEDULES.resolve("crontab");

    @BeforeAll
    static void requireCrontab() {
        CRONTAB.require();
    }

    @Test
    void cronReadsIt() throws Exception {
        assertThat(CRONTAB.run(SCHEDULES, "-n", CRONTAB_FILE.toString()).exitCode())
                .isZero();
    }

    @Test
    void cronRefusesATimeThatIsNone(@TempDir Path folder) throws Exception {
        Path wrong = Files.writeString(
                folder.resolve("crontab"), Files.readString(CRONTAB_FILE).replace("15 1 * * *", "15 25 * * *"));

        assertThat(CRONTAB.run(folder, "-n", wrong.toString()).exitCode()).isNotZero();
    }

    @Test
    void aNightWithoutFaultIsNoMail(@TempDir Path home) throws Exception {
        assertThat(mailOfTheNight(home, "echo All is well; exit 0")).isEmpty();
    }

    @Test
    void anyOtherNightIsOne(@TempDir Path home) throws Exception {
        assertThat(mailOfTheNight(home, "echo ega.archive failed >&2; exit 1"))
                .isEqualTo("waybill run ega: exit code 1: ega.archive failed\n");
        assertThat(mailOfTheNight(home, "echo 1 quarantined; exit 3"))
                .isEqualTo("waybill run ega: exit code 3: 1 quarantined\n");
    }

    /** What the line prints, if Waybill does this. */
    private static String mailOfTheNight(Path home, String waybill) throws IOException, InterruptedException {
        Path program = Files.writeString(home.resolve("waybill"), "#!/bin/sh\n" + waybill + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        List<String> lines = Files.readAllLines(CRONTAB_FILE).stream()
                .filter(line -> line.contains("waybill run "))
                .toList();
        assertThat(lines).hasSize(1);
        String command = lines.get(0).split(" +", 6)[5].replace("/srv/waybill", home.toString());
        assertThat(command).doesNotContain("%"); // which cron takes for the end of the line
        return new Scheduler(Path.of("/bin/sh"), "dash")
                .run(home, "-c", command)
                .text();
    }
}
