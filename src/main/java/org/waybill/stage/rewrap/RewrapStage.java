package org.waybill.stage.rewrap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import org.waybill.format.crypt4gh.Crypt4ghPublicKey;
import org.waybill.format.crypt4gh.keyfile.KeyFileException;
import org.waybill.format.crypt4gh.keyfile.KeyFileReader;
import org.waybill.ledger.FileState;
import org.waybill.ledger.Readers;
import org.waybill.ledger.Selection;
import org.waybill.ledger.SizedFile;
import org.waybill.ledger.rewrap.HeaderChanges;
import org.waybill.ledger.rewrap.Rewraps;
import org.waybill.route.Route;
import org.waybill.route.yaml.InvalidRouteException;
import org.waybill.route.yaml.RouteProblem;
import org.waybill.run.Counts;
import org.waybill.run.Parts;
import org.waybill.run.Plan;
import org.waybill.run.Stage;
import org.waybill.run.StageContract;
import org.waybill.run.StageRun;

/** What rewrapping needs, what it would do, and what came of it. */
@Component
class RewrapStage implements StageContract {

    private final Rewraps rewraps;
    private final Parts parts;

    RewrapStage(Rewraps rewraps, Parts parts) {
        this.rewraps = rewraps;
        this.parts = parts;
    }

    @Override
    public Stage stage() {
        return Stage.REWRAP;
    }

    @Override
    public List<RouteProblem> check(Route route) {
        try {
            recipients(route);
            return List.of();
        } catch (InvalidRouteException e) {
            return e.problems();
        }
    }

    /** The old key is not known here, so files are named too that another key opens. */
    @Override
    public Plan plan(Route route, Selection selection) {
        List<SizedFile> files = rewraps.toDo(route.name(), selection, Readers.of(recipients(route)), null);
        return new Plan(
                stage(),
                files.stream()
                        .map(file -> new Plan.Action(
                                file.path(), "rewrap if the old key opens it, " + file.sizeBytes() + " bytes"))
                        .toList(),
                files.stream().mapToLong(SizedFile::sizeBytes).sum());
    }

    @Override
    public Counts count(StageRun run) {
        return parts.countNoted(
                run, FileState.ARCHIVED, List.of(HeaderChanges.REWRAPPED, HeaderChanges.NOT_FOR_THE_KEY));
    }

    /** @throws InvalidRouteException if one of the route's public keys cannot be read */
    static List<Crypt4ghPublicKey> recipients(Route route) {
        List<Crypt4ghPublicKey> recipients = new ArrayList<>();
        List<RouteProblem> problems = new ArrayList<>();
        List<Path> files = route.processing().encrypt().recipients();
        if (files.isEmpty()) {
            problems.add(RouteProblem.at(
                    route.file(),
                    "processing.encrypt.format",
                    "is ega-aes, whose files have no header that could be rewritten",
                    "have them archived as crypt4gh"));
        }
        for (int i = 0; i < files.size(); i++) {
            String key = "processing.encrypt.recipients[" + i + "]";
            try {
                recipients.add(KeyFileReader.readPublic(files.get(i)));
            } catch (KeyFileException e) {
                problems.add(RouteProblem.at(route.file(), key, String.valueOf(e.getMessage()), "mend the key"));
            } catch (IOException e) {
                problems.add(RouteProblem.at(
                        route.file(), key, "the key file cannot be read", "see that it is there and readable"));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidRouteException(problems);
        }
        return recipients;
    }
}
