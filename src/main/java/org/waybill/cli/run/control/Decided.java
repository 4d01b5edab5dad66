package org.waybill.cli.run.control;

import java.util.List;
import java.util.stream.Collectors;

/** A run about which a person decided. As JSON its shape is an interface. */
record Decided(long runId, String state) {

    static List<Decided> of(List<Long> runIds, String state) {
        return runIds.stream().map(id -> new Decided(id, state)).toList();
    }

    static String text(List<Long> runIds, String what) {
        return runIds.stream().map(id -> "run " + id + ": " + what).collect(Collectors.joining("\n"));
    }
}
