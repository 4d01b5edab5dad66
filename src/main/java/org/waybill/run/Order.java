package org.waybill.run;

import java.util.List;
import org.waybill.ledger.Selection;
import org.waybill.route.Route;

/**
 * What somebody wants to be run.
 *
 * @param followedBy stages that are to run after it if it completes, in their order: a restart goes on with them
 */
public record Order(Route route, Stage stage, Selection selection, List<Stage> followedBy) {

    public Order {
        followedBy = List.copyOf(followedBy);
    }

    /** A stage by itself. */
    public Order(Route route, Stage stage, Selection selection) {
        this(route, stage, selection, List.of());
    }
}
