package org.waybill.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the program tells its caller with the number it exits with. The numbers are an interface. */
public enum ExitCode {
    DONE(0, "done"),
    FAILED(1, "failed"),
    WRONG_USAGE(2, "wrong usage"),
    QUARANTINED(3, "done, but files were quarantined or manifest rows rejected"),
    REFUSED(4, "refused: another run of this route and stage is alive"),
    CONFIGURATION(5, "the configuration cannot be used"),
    DATABASE_UNREACHABLE(6, "the database cannot be reached"),
    STOPPED(7, "stopped on request; run it again to go on");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    public String meaning() {
        return meaning;
    }

    /** Number to meaning, in the order of the numbers. */
    static Map<String, String> meanings() {
        Map<String, String> meanings = new LinkedHashMap<>();
        Arrays.stream(values()).forEach(code -> meanings.put(String.valueOf(code.number), code.meaning));
        return meanings;
    }
}
