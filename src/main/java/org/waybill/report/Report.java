package org.waybill.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a time, and what needed a person at its end.
 *
 * @param verdict one sentence
 * @param findings what needs a person, with what to do; empty if nothing does
 * @param sections the rows of each query, in the order in which they are printed
 * @param night the day on which the night began that this is the report of; null if it is not of a night
 * @param zone the time zone whose noon began the night
 * @param complete whether nothing can be added any more: the time is over, and so are the runs that began in it
 * @param remarks what else is to be known of the report itself
 * @param sha256 of {@link CsvReport} without its last line
 */
public record Report(
        Instant since,
        Instant until,
        String verdict,
        List<Finding> findings,
        Map<String, Section> sections,
        @Nullable String night,
        String zone,
        boolean complete,
        List<String> remarks,
        String sha256) {

    /**
     * Something that needs a person.
     *
     * @param command to be pasted: shows more, or cures it
     */
    public record Finding(String what, String command) {}

    /** @param rows column to value: text, numbers, booleans and instants, in the order of the columns */
    public record Section(String title, List<Map<String, @Nullable Object>> rows) {}

    /** The rows of a section; none if this report has no such section. */
    public List<Map<String, @Nullable Object>> rows(String section) {
        Section found = sections.get(section);
        return found == null ? List.of() : found.rows();
    }

    /** What the report is of, in words. */
    public String heading() {
        String time = Quantity.instant(since) + " to " + Quantity.instant(until);
        return night == null
                ? "Waybill report, " + time
                : "Waybill report of the night of " + night + " (noon to noon, " + zone + "), " + time;
    }

    /** How to find out whether a report is what it was. */
    public String howToCheck(String program) {
        String without = "head -n -1 | sha256sum";
        if (night == null) {
            return "this report as CSV, but for its last line: " + without;
        }
        String inZone = Objects.equals(zone, "UTC") ? "" : " --zone " + zone;
        return program + " report --night " + night + inZone + " --format csv | " + without;
    }
}
