package org.waybill.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The most memory that this process has occupied so far: heap, code and native buffers; not that of the database. */
final class PeakMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern HIGH_WATER_MARK = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB$"); // proc(5)

    private PeakMemory() {}

    /** In bytes; nothing where the system does not tell. */
    static OptionalLong bytes() {
        try {
            Matcher mark = HIGH_WATER_MARK.matcher(Files.readString(STATUS));
            return mark.find() ? OptionalLong.of(Long.parseLong(mark.group(1)) * 1024) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
