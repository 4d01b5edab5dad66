package org.waybill.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a route a run is asked to look at.
 *
 * @param dataset only files of this dataset; null for all
 * @param paths only files with these paths, in the dataset or below the incoming folder; empty for all
 */
public record Selection(@Nullable String dataset, List<String> paths) {

    public static final Selection ALL = new Selection(null, List.of());

    public Selection {
        paths = List.copyOf(paths);
    }

    /** The paths as a query parameter: null stands for all. */
    public String @Nullable [] pathsOrNull() {
        return paths.isEmpty() ? null : paths.toArray(String[]::new);
    }
}
