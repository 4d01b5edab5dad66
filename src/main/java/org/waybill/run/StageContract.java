package org.waybill.run;

import java.util.List;
import org.waybill.ledger.Selection;
import org.waybill.route.Route;
import org.waybill.route.yaml.RouteProblem;

/** What each stage tells the runs about itself; its job is the Spring Batch job of the stage's name. */
public interface StageContract {

    Stage stage();

    /** What this machine lacks for the stage: keys, passwords, folders. Empty: it can start. Changes nothing. */
    List<RouteProblem> check(Route route);

    /** What is worth knowing of the stage on this machine, and keeps nothing from running. Changes nothing. */
    default List<String> remarks(Route route) {
        return List.of();
    }

    /** Which implementations of this machine do the work, for the record of a run; empty if that makes no difference. */
    default String machine() {
        return "";
    }

    /** What a run would do now. Changes nothing. */
    Plan plan(Route route, Selection selection);

    /** What came of a run so far: each number counted by itself in the ledger, none of them derived from the others. */
    Counts count(StageRun run);
}
