package org.waybill.stage.acknowledgement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.waybill.format.accesslog.AccessLogFormat;
import org.waybill.ledger.Selection;
import org.waybill.ledger.receipt.Acks;
import org.waybill.ledger.receipt.LogStream;
import org.waybill.ledger.receipt.LogStreams;
import org.waybill.route.Route;
import org.waybill.route.acknowledgement.AcknowledgementRoute;
import org.waybill.route.acknowledgement.LogSource;
import org.waybill.route.delivery.Recipient;
import org.waybill.route.yaml.RouteProblem;
import org.waybill.route.yaml.RouteValues;
import org.waybill.run.Counts;
import org.waybill.run.Plan;
import org.waybill.run.Stage;
import org.waybill.run.StageContract;
import org.waybill.run.StageRun;
import org.waybill.stage.acknowledgement.shelf.LogFile;
import org.waybill.stage.acknowledgement.shelf.LogShelf;
import org.waybill.stage.acknowledgement.shelf.Shelves;

/** What acknowledgement needs, what it would do, and what came of it. It counts lines of logs and acknowledgements, not files. */
@Component
class AcknowledgementStage implements StageContract {

    private final LogStreams streams;
    private final Acks acks;

    AcknowledgementStage(LogStreams streams, Acks acks) {
        this.streams = streams;
        this.acks = acks;
    }

    @Override
    public Stage stage() {
        return Stage.ACKNOWLEDGEMENT;
    }

    @Override
    public List<RouteProblem> check(Route route) {
        if (route.acknowledgement().isEmpty()) {
            return List.of(RouteProblem.at(
                    route.file(),
                    "acknowledgement",
                    "is missing, so nothing tells who has what was delivered",
                    "write logs"));
        }
        AcknowledgementRoute acknowledgement = route.acknowledgement().get();
        List<RouteProblem> problems = new ArrayList<>();
        acknowledgement.readers().forEach((name, pattern) -> {
            try {
                AccessLogFormat.ofPattern(pattern);
            } catch (IllegalArgumentException e) {
                problems.add(RouteProblem.at(
                        route.file(),
                        "acknowledgement.readers." + name,
                        "is no pattern of lines: " + e.getMessage(),
                        "correct it"));
            }
        });
        Set<String> recipients = recipients(route);
        nobodys("users", acknowledgement.users().keySet(), recipients, route, problems);
        nobodys("addresses", acknowledgement.addresses().keySet(), recipients, route, problems);
        return problems;
    }

    /** What belongs to a recipient whom nobody knows would be left unread, and another's requests counted for it. */
    private static void nobodys(
            String key, Set<String> named, Set<String> recipients, Route route, List<RouteProblem> problems) {
        for (String name : new TreeSet<>(named)) {
            if (!recipients.contains(name)) {
                problems.add(RouteProblem.at(
                        route.file(),
                        "acknowledgement." + key + "." + name,
                        "is no recipient of this route",
                        recipients.isEmpty()
                                ? "write delivery.recipients first"
                                : RouteValues.instead(name, recipients)));
            }
        }
    }

    private static Set<String> recipients(Route route) {
        if (route.delivery().isEmpty()) {
            return Set.of();
        }
        try {
            return route.delivery().get().addressing().recipients().stream()
                    .map(Recipient::name)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Plan plan(Route route, Selection selection) {
        List<Plan.Action> actions = new ArrayList<>();
        long bytes = 0;
        try (Shelves shelves = new Shelves(() -> false, () -> {})) {
            for (LogSource log : route.acknowledgement().orElseThrow().logs()) {
                LogShelf shelf = shelves.of(log);
                List<LogStream> known = streams.of(route.name(), log.name());
                for (LogFolder.Found found : LogFolder.look(log, shelf, known)) {
                    long left = left(shelf, found, found.among(known));
                    String file = log.name() + ", " + found.name();
                    if (left > 0) {
                        actions.add(new Plan.Action(file, "read " + left + " new bytes"));
                        bytes += left;
                    } else if (left < 0) {
                        actions.add(new Plan.Action(file, "read what is new; it is compressed"));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Plan(stage(), actions, bytes);
    }

    /** How many bytes are new; -1 if that cannot be told without uncompressing it. */
    private static long left(LogShelf shelf, LogFolder.Found found, Optional<LogStream> stream) throws IOException {
        if (stream.filter(LogStream::isCompressed).isPresent()) {
            return 0;
        }
        try (LogFile open = shelf.open(found.name())) {
            long position = stream.map(LogStream::position).orElse(0L);
            return open.isCompressed() ? -1 : Math.max(0, open.size() - position);
        } catch (NoSuchFileException e) {
            return 0; // renamed meanwhile
        }
    }

    @Override
    public Counts count(StageRun run) {
        LogStreams.Outcome logs = streams.outcome(run.runId());
        Acks.Outcome written = acks.outcome(run.runId());
        return new Counts(
                logs.lines() + written.found(),
                logs.requests() + written.done(),
                logs.unparseable() + written.quarantined(),
                logs.ignored(),
                0,
                logs.bytes());
    }
}
