package org.waybill.stage.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.waybill.ledger.Selection;
import org.waybill.ledger.delivery.Addressees;
import org.waybill.ledger.delivery.Addressees.Undecided;
import org.waybill.ledger.delivery.Consignments;
import org.waybill.route.Route;
import org.waybill.route.delivery.Addressing;
import org.waybill.route.yaml.InvalidRouteException;
import org.waybill.route.yaml.RouteProblem;
import org.waybill.run.Counts;
import org.waybill.run.Plan;
import org.waybill.run.Stage;
import org.waybill.run.StageContract;
import org.waybill.run.StageRun;
import org.waybill.stage.delivery.Addresser.Decisions;
import org.waybill.stage.delivery.content.ArchiveKeys;

/** What delivery needs, what it would do, and what came of it. */
@Component
class DeliveryStage implements StageContract {

    private static final int FILES_AT_ONCE = 500;

    private final Addressees addressees;
    private final Consignments parts;

    DeliveryStage(Addressees addressees, Consignments parts) {
        this.addressees = addressees;
        this.parts = parts;
    }

    @Override
    public Stage stage() {
        return Stage.DELIVERY;
    }

    @Override
    public List<RouteProblem> check(Route route) {
        if (route.delivery().isEmpty()) {
            return List.of(RouteProblem.at(
                    route.file(),
                    "delivery",
                    "is missing, so nobody gets the archived files",
                    "write channels, recipients and rules"));
        }
        Addressing addressing;
        try {
            addressing = route.delivery().get().addressing();
        } catch (IOException e) {
            return List.of(RouteProblem.at(
                    route.file(), "delivery", String.valueOf(e.getMessage()), "nothing is delivered until then"));
        }
        List<RouteProblem> problems = new ArrayList<>(ArchiveKeys.check(route, addressing));
        typesThatNobodyLooksAt(route).ifPresent(problems::add);
        return problems;
    }

    private static Optional<RouteProblem> typesThatNobodyLooksAt(Route route) {
        boolean asksForTypes = route.delivery().orElseThrow().rules().stream()
                .anyMatch(rule -> rule.type().isPresent());
        return asksForTypes && route.processing().checks().isEmpty()
                ? Optional.of(RouteProblem.at(
                        route.file(),
                        "delivery.rules",
                        "ask for the type of files, and nothing looks at it",
                        "write processing.checks with the types that may come"))
                : Optional.empty();
    }

    @Override
    public Plan plan(Route route, Selection selection) {
        List<RouteProblem> problems = check(route);
        if (!problems.isEmpty()) {
            throw new InvalidRouteException(problems); // it could not tell who gets what
        }
        List<Plan.Action> actions = new ArrayList<>();
        Addresser addresser = new Addresser(route, addressing(route));
        long after = 0;
        for (List<Undecided> files = page(route, selection, after);
                !files.isEmpty();
                files = page(route, selection, after)) {
            for (Undecided file : files) {
                Decisions decisions = addresser.decide(List.of(file));
                decisions
                        .addressed()
                        .forEach(to -> actions.add(new Plan.Action(
                                file.path(),
                                "send to " + to.recipient() + " as " + to.placedAs() + ", by rule " + to.rule())));
                decisions
                        .quarantined()
                        .forEach(move -> actions.add(
                                new Plan.Action(file.path(), "quarantine, " + move.reason() + ": " + move.detail())));
                after = file.fileId();
            }
        }
        long bytes = 0;
        for (Consignments.Planned planned : parts.planned(route.name(), selection)) {
            actions.add(new Plan.Action(
                    planned.path(),
                    (planned.isRecall() ? "take back from " : "send to ") + planned.recipient() + " as "
                            + planned.placedAs() + ", by rule " + planned.rule()));
            bytes += planned.sizeBytes();
        }
        return new Plan(stage(), actions, bytes);
    }

    private List<Undecided> page(Route route, Selection selection, long after) {
        return addressees.undecided(route.name(), selection, after, FILES_AT_ONCE);
    }

    private static Addressing addressing(Route route) {
        try {
            return route.delivery().orElseThrow().addressing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Counts count(StageRun run) {
        Consignments.Outcome outcome = parts.outcome(run.runId(), run.launchId());
        return new Counts(
                outcome.found(),
                outcome.done(),
                outcome.quarantined(),
                outcome.skipped(),
                outcome.pending(),
                outcome.bytes());
    }
}
