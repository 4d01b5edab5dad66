package org.waybill.stage.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import org.waybill.ledger.Selection;
import org.waybill.ledger.arrival.Arrivals;
import org.waybill.ledger.arrival.Arrivals.Arrived;
import org.waybill.ledger.arrival.Observations;
import org.waybill.ledger.arrival.Observations.Waiting;
import org.waybill.ledger.arrival.ObservedName;
import org.waybill.route.Route;
import org.waybill.route.yaml.RouteProblem;
import org.waybill.run.Counts;
import org.waybill.run.Plan;
import org.waybill.run.Stage;
import org.waybill.run.StageContract;
import org.waybill.run.StageRun;
import org.waybill.storage.FileFacts;
import org.waybill.storage.IncomingTree;
import org.waybill.storage.IncomingTree.Entry;

/** What transfer needs, what it would do, and what came of it. */
@Component
class TransferStage implements StageContract {

    private final Observations observations;
    private final Arrivals arrivals;

    TransferStage(Observations observations, Arrivals arrivals) {
        this.observations = observations;
        this.arrivals = arrivals;
    }

    @Override
    public Stage stage() {
        return Stage.TRANSFER;
    }

    @Override
    public List<RouteProblem> check(Route route) {
        return List.of();
    }

    @Override
    public Plan plan(Route route, Selection selection) {
        List<Plan.Action> actions = new ArrayList<>();
        long bytes = 0;
        if (Files.isDirectory(route.incoming())) {
            try (IncomingTree tree = new IncomingTree(route.incoming(), route.transfer()::ignores)) {
                for (Entry entry = tree.next(); entry != null; entry = tree.next()) {
                    actions.add(new Plan.Action(entry.path(), action(route, entry)));
                    FileFacts facts = entry.facts();
                    bytes += facts == null ? 0 : facts.sizeBytes();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Plan(stage(), actions, bytes);
    }

    private static String action(Route route, Entry entry) {
        boolean takesUndeclared = route.transfer().undeclared().isPresent();
        String nameFault = takesUndeclared ? ObservedName.of(entry.path()).fault() : null;
        if (entry.fault() != null) {
            return "leave it where it is: " + entry.fault();
        }
        if (nameFault != null) {
            return "leave it where it is: " + nameFault;
        }
        return takesUndeclared
                ? "look at it, and take it if it has arrived and none of its path is on its way"
                : "look at it, and take it if it is expected and has arrived";
    }

    @Override
    public Counts count(StageRun run) {
        long found = run.opened(Looks.class).map(Looks::found).orElse(0L);
        Arrived arrived = arrivals.arrivedBy(run.runId());
        Waiting waiting = observations.waiting(run.route().name());
        return new Counts(found, arrived.files(), 0, waiting.faulty(), waiting.pending(), arrived.bytes());
    }
}
