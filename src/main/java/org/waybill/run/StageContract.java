package org.waybill.run;

import java.util.List;
import org.waybill.ledger.Selection;
import org.waybill.route.Route;
import org.waybill.route.RouteProblem;

/** What each stage tells the runs about itself; its job is the Spring Batch job of the stage's name. */
public interface StageContract {

    Stage stage();

    /** What this machine lacks for the stage: keys, passwords, folders. Empty: it can start. Changes nothing. */
    List<RouteProblem> check(Route route);

    /** What a run would do now. Changes nothing. */
    Plan plan(Route route, Selection selection);

    /** What came of a run so far: each number counted by itself in the ledger, none of them derived from the others. */
    Counts count(StageRun run);
}
