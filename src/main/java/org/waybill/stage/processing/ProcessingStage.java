package org.waybill.stage.processing;

import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.crypt4gh.ChaCha20Poly1305;
import org.waybill.format.egaaes.EgaAesFormat;
import org.waybill.ledger.Contents;
import org.waybill.ledger.FileState;
import org.waybill.ledger.Selection;
import org.waybill.ledger.SizedFile;
import org.waybill.route.Route;
import org.waybill.route.yaml.RouteProblem;
import org.waybill.run.Counts;
import org.waybill.run.Parts;
import org.waybill.run.Plan;
import org.waybill.run.Stage;
import org.waybill.run.StageContract;
import org.waybill.run.StageRun;
import org.waybill.stage.processing.pass.Keyring;

/** What processing needs, what it would do, and what came of it. */
@Component
class ProcessingStage implements StageContract {

    private final Contents contents;
    private final Parts parts;
    private final InstantSource clock;

    ProcessingStage(Contents contents, Parts parts, InstantSource clock) {
        this.clock = clock;
        this.contents = contents;
        this.parts = parts;
    }

    @Override
    public Stage stage() {
        return Stage.PROCESSING;
    }

    @Override
    public List<RouteProblem> check(Route route) {
        return Keyring.check(route);
    }

    @Override
    public List<String> remarks(Route route) {
        return Stream.concat(Stream.of(machine()), Keyring.remarks(route, clock.instant()).stream())
                .toList();
    }

    @Override
    public String machine() {
        return "Java " + Runtime.version() + ", ChaCha20-Poly1305 of " + ChaCha20Poly1305.providerName() + ", AES of "
                + EgaAesFormat.providerName() + ", MD5 of " + ChecksumAlgorithm.MD5.providerName() + ", SHA-256 of "
                + ChecksumAlgorithm.SHA256.providerName();
    }

    @Override
    public Plan plan(Route route, Selection selection) {
        List<SizedFile> files = contents.arrived(route.name(), selection);
        return new Plan(
                stage(),
                files.stream()
                        .map(file -> new Plan.Action(
                                file.path(), "verify and encrypt again, as it arrived " + file.sizeBytes() + " bytes"))
                        .toList(),
                files.stream().mapToLong(SizedFile::sizeBytes).sum());
    }

    @Override
    public Counts count(StageRun run) {
        return parts.count(run, FileState.ARRIVED, FileState.PROCESSED);
    }
}
