package org.waybill.run;

import java.util.List;

/**
 * What a stage would do now.
 *
 * @param bytes that it would handle, as far as it is known
 */
public record Plan(Stage stage, List<Action> actions, long bytes) {

    /**
     * One thing that would be done.
     *
     * @param subject the file or manifest
     * @param action what would be done with it, and why
     */
    public record Action(String subject, String action) {}

    public Plan {
        actions = List.copyOf(actions);
    }
}
