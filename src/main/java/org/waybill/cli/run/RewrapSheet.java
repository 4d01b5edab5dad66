package org.waybill.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.waybill.cli.Session;
import org.waybill.format.crypt4gh.Crypt4ghPublicKey;
import org.waybill.format.crypt4gh.keyfile.KeyFileReader;
import org.waybill.ledger.Readers;
import org.waybill.ledger.rewrap.Rewraps;
import org.waybill.ledger.rewrap.Rewraps.HowFar;
import org.waybill.ledger.rewrap.Rewraps.LeftAlone;
import org.waybill.report.TextTable;
import org.waybill.route.Route;
import org.waybill.run.StageResult;

/**
 * How far the rewrapping of a route is, after a run. As JSON its shape is an interface.
 *
 * @param files whose re-encrypted form exists
 * @param done of these, those that need the old key no more
 * @param oldKeyNeeded also if all are done, but the old key is still one of the route's recipients
 * @param elsewhere of the others, those that wait for the archive or in quarantine
 * @param leftAlone files that the run could not rewrap, 100 at most
 */
record RewrapSheet(
        long files, long done, long percent, boolean oldKeyNeeded, long elsewhere, List<LeftAlone> leftAlone) {

    private static final int MOST = 100;

    static RewrapSheet of(Route route, Crypt4ghPublicKey oldKey, List<StageResult> results, Session session)
            throws IOException {
        List<Crypt4ghPublicKey> recipients = new ArrayList<>();
        for (Path file : route.processing().encrypt().recipients()) {
            recipients.add(KeyFileReader.readPublic(file));
        }
        Rewraps rewraps = session.bean(Rewraps.class);
        HowFar howFar = rewraps.howFar(route.name(), Readers.of(recipients), oldKey.toString());
        List<LeftAlone> leftAlone = results.stream()
                .map(StageResult::runId)
                .filter(Objects::nonNull)
                .flatMap(run -> rewraps.leftAlone(run, MOST).stream())
                .toList();
        return new RewrapSheet(
                howFar.files(),
                howFar.done(),
                howFar.percent(),
                !howFar.isDone() || recipients.contains(oldKey),
                howFar.elsewhere(),
                leftAlone);
    }

    String text(String program) {
        StringBuilder text = new StringBuilder("rewrapped %d of %d archived files (%d %%): %s\n"
                .formatted(
                        done,
                        files,
                        percent,
                        !oldKeyNeeded
                                ? "the old key is no longer needed for this route"
                                : done == files
                                        ? "but the old key is still a recipient of this route, and needed"
                                        : "keep the old key, it is needed until this says 100 %"));
        if (elsewhere > 0) {
            text.append(elsewhere)
                    .append(" of the others wait for the archive or in quarantine: see to them, and rewrap again\n");
        }
        if (!leftAlone.isEmpty()) {
            TextTable table = new TextTable().indented(2).right("").left("").left("");
            leftAlone.forEach(file -> table.row(file.fileId(), file.path(), file.why()));
            text.append("left alone, because they are not what the ledger says; look at them with: ")
                    .append(program)
                    .append(" files show ID\n")
                    .append(table);
        }
        return text.toString();
    }
}
