package org.waybill.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.waybill.route.Route;

/** The steps of the way, in their order, and what is done beside it. Each is one Spring Batch job of the same name. */
public enum Stage {
    INTAKE,
    TRANSFER,
    PROCESSING,
    ARCHIVE,
    DELIVERY,
    ACKNOWLEDGEMENT,
    /** Not a step of the way: gives archived files to other readers. */
    REWRAP;

    /** The steps that every file goes, whatever its route, in their order. */
    public static List<Stage> way() {
        return List.of(INTAKE, TRANSFER, PROCESSING, ARCHIVE);
    }

    /** The steps of one route, in their order: files are delivered, and logs read, where it says so. */
    public static List<Stage> of(Route route) {
        List<Stage> stages = new ArrayList<>(way());
        route.delivery().ifPresent(delivery -> stages.add(DELIVERY));
        route.acknowledgement().ifPresent(acknowledgement -> stages.add(ACKNOWLEDGEMENT));
        return List.copyOf(stages);
    }

    /** Another stage that must not run on the same route meanwhile: its run has the ownership of that one too. */
    Optional<Stage> keepsOut() {
        return this == REWRAP ? Optional.of(ARCHIVE) : Optional.empty();
    }

    /** The name of the job, and of the stage on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Stage> labelled(String label) {
        return Arrays.stream(values()).filter(s -> s.label().equals(label)).findFirst();
    }
}
