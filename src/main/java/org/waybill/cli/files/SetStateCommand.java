package org.waybill.cli.files;

import java.time.InstantSource;
import java.util.List;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.ledger.FileState;
import org.waybill.ledger.Ledger;
import org.waybill.ledger.Stamp;
import org.waybill.ledger.listing.FileSheet;
import org.waybill.ledger.listing.FileSheets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sets a file back by hand. */
@Command(
        name = "set-state",
        description = {
            "Sets a file back to an earlier state, so that it is handled again from there:",
            "to EXPECTED, to have it sent again; to ARRIVED, to have it processed again."
        })
final class SetStateCommand implements Subcommand {

    @Parameters(index = "0", paramLabel = "ID", description = "Id, path or name of a file.")
    private String idOrName = "";

    @Parameters(index = "1", paramLabel = "STATE", description = "One of ${COMPLETION-CANDIDATES}.")
    private FileState state = FileState.EXPECTED;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; kept in the file's waybill.")
    private String reason = "";

    @Override
    public ExitCode run(Session session) {
        FileSheet file = session.bean(FileSheets.class)
                .of(NamedFile.find(idOrName, session))
                .orElseThrow();
        if (!file.state().canBeSetTo(state)) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    "file " + file.id() + " is " + file.state() + ", and from there it can only be set to "
                            + file.state().settableTo() + "; nothing was changed");
        }
        Moved moved = new Moved(file.id(), file.route(), file.path(), file.state(), state);
        Stamp stamp = new Stamp(session.bean(InstantSource.class).instant(), null, session.actor());
        Moved.orFail(session.bean(Ledger.class).set(file.id(), file.state(), state, reason, stamp), moved);
        session.output().result(List.of(moved), () -> Moved.text(List.of(moved)));
        return ExitCode.DONE;
    }
}
