package org.waybill.run.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** As the kernel tells it, time in which the machine slept included. */
final class LinuxUptime implements Uptime {

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path UPTIME = Path.of("/proc/uptime");

    @Override
    public Optional<Reading> now() {
        try {
            String seconds = Files.readString(UPTIME).split(" ")[0];
            return Optional.of(new Reading(
                    Files.readString(BOOT).strip(), Duration.ofMillis((long) (1000 * Double.parseDouble(seconds)))));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
