package org.waybill.cli.run.control;

import java.util.List;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.run.failure.OpenFailures;
import org.waybill.run.failure.OpenRun;
import picocli.CommandLine.Command;

/** Lists what needs a person. */
@Command(
        name = "open",
        description = {
            "Lists what needs a person: failed runs, quarantined files, deliveries that are held or not",
            "acknowledged in time, and access logs that were lost; each with the command to paste.",
            "Empty after a green night. What was acknowledged is left out."
        })
final class OpenCommand implements Subcommand {

    @Override
    public ExitCode run(Session session) {
        OpenFailures open = session.bean(OpenFailures.class);
        List<OpenRun> runs = open.runs(null);
        OpenSheet sheet = OpenSheet.of(runs, open.files(), open.deliveries(), open.gaps(), session.program());
        session.output().result(sheet, sheet::text);
        return ExitCode.DONE;
    }
}
