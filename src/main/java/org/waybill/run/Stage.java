package org.waybill.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The steps of the way, in their order. Each is one Spring Batch job of the same name. */
public enum Stage {
    INTAKE,
    TRANSFER,
    PROCESSING,
    ARCHIVE;

    /** The name of the job, and of the stage on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Stage> labelled(String label) {
        return Arrays.stream(values()).filter(s -> s.label().equals(label)).findFirst();
    }
}
