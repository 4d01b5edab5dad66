package org.waybill.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.schedules.Scheduler.Said;
import org.waybill.stage.Uploads;

/** The program where it cannot write beside itself, as in an image or under ProtectSystem=. */
class ReadOnlyProgramIT {

    /** Java exited with 1, because it could not write its archive of classes. */
    @Test
    void exitsAsTheRunDid(@TempDir Path folder) throws Exception {
        Path jar = folder.resolve("program/target/waybill.jar");
        Files.createDirectories(jar.getParent());
        Files.copy(Path.of(Objects.requireNonNull(System.getProperty("waybill.jar"))), jar);
        Path program = Files.copy(Path.of("waybill"), folder.resolve("program/waybill"));
        // a file where the program is unpacked to, since root can write whatever its mode is
        Said changed = new Scheduler(Path.of("/usr/bin/stat"), "coreutils").run(folder, "-c", "%Z", jar.toString());
        Files.createFile(jar.resolveSibling("program-" + changed.text().strip()));
        Path home = Files.createDirectory(folder.resolve("home"));
        Uploads.in(home);

        Said said = new Scheduler(program, "none").run(home, "run", "ega");

        assertThat(said).satisfies(it -> assertThat(it.exitCode()).as(it.text()).isZero());
        assertThat(said.text()).contains("archive     COMPLETED");
    }
}
