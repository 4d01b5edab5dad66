package org.waybill.cli.files;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.ledger.Ledger;
import org.waybill.ledger.Stamp;
import org.waybill.ledger.listing.FileSheet;
import org.waybill.ledger.listing.FileSheet.Quarantine;
import org.waybill.ledger.listing.FileSheets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives quarantined files back to their stage. */
@Command(
        name = "readmit",
        description = {
            "Takes files out of quarantine, back to the state before.",
            "All of them, or none if one is not in quarantine."
        })
final class ReadmitCommand implements Subcommand {

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Ids, paths or names of files.")
    private List<String> idsOrNames = new ArrayList<>();

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; kept in the file's waybill.")
    private String reason = "";

    @Override
    public ExitCode run(Session session) {
        List<Moved> toMove =
                idsOrNames.stream().map(name -> toReadmit(name, session)).toList();
        Stamp stamp = new Stamp(session.bean(InstantSource.class).instant(), null, session.actor());
        Ledger ledger = session.bean(Ledger.class);
        for (Moved file : toMove) {
            Moved.orFail(ledger.readmit(file.id(), reason, stamp).isPresent(), file);
        }
        session.output().result(toMove, () -> Moved.text(toMove));
        return ExitCode.DONE;
    }

    private static Moved toReadmit(String idOrName, Session session) {
        FileSheet file = session.bean(FileSheets.class)
                .of(NamedFile.find(idOrName, session))
                .orElseThrow();
        Quarantine quarantine = file.quarantine();
        if (quarantine == null) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    "file " + file.id() + " is not in quarantine but " + file.state() + "; nothing was changed");
        }
        return new Moved(file.id(), file.route(), file.path(), file.state(), quarantine.heldState());
    }
}
