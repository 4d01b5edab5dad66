package org.waybill.ledger.listing;

import org.jspecify.annotations.Nullable;

/**
 * Which files to list; null: all.
 *
 * @param state the name of a state, or {@link #UNEXPECTED}
 * @param find part of a path, upper and lower case alike
 * @param limit how many at most
 */
public record FileFilter(
        @Nullable String route,
        @Nullable String state,
        @Nullable String dataset,
        @Nullable String find,
        @Nullable Integer limit) {

    /** Stands where a state would stand: it lies in an incoming folder and will not be taken. */
    public static final String UNEXPECTED = "UNEXPECTED";

    public static final FileFilter ALL = new FileFilter(null, null, null, null, null);

    /** All files of a dataset. */
    public static FileFilter ofDataset(String route, String dataset) {
        return new FileFilter(route, null, dataset, null, null);
    }
}
