package org.waybill.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a time, and what needs a person now.
 *
 * @param verdict one sentence
 * @param findings what needs a person, with what to do; empty if nothing does
 * @param sections the rows of each query, in the order in which they are printed
 */
public record Report(
        Instant since, Instant until, String verdict, List<Finding> findings, Map<String, Section> sections) {

    /**
     * Something that needs a person.
     *
     * @param command to be pasted: shows more, or cures it
     */
    public record Finding(String what, String command) {}

    /** @param rows column to value: text, numbers, booleans and instants, in the order of the columns */
    public record Section(String title, List<Map<String, @Nullable Object>> rows) {}
}
