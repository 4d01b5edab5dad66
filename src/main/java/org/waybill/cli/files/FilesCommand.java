package org.waybill.cli.files;

import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.ledger.listing.FileSheet;
import org.waybill.ledger.listing.FileSheets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Looks at files, and moves them by hand. */
@Command(
        name = "files",
        description = "Lists files, shows the whole waybill of one, and moves files by hand.",
        subcommands = {
            FilesCommand.Listing.class,
            FilesCommand.Show.class,
            ReadmitCommand.class,
            SetStateCommand.class,
            DecisionCommands.Acknowledge.class,
            DecisionCommands.Abandon.class
        })
public final class FilesCommand implements Subcommand {

    @Mixin
    private FileListOptions list = new FileListOptions();

    @Override
    public ExitCode run(Session session) {
        return list.run(session);
    }

    /** The same with its name. */
    @Command(name = "list", description = "Lists files in the order of their ids.")
    static final class Listing implements Subcommand {

        @Mixin
        private FileListOptions list = new FileListOptions();

        @Override
        public ExitCode run(Session session) {
            return list.run(session);
        }
    }

    /** The whole waybill. */
    @Command(
            name = "show",
            description = "Shows the whole waybill of a file: facts, where it is, and every event of its life.")
    static final class Show implements Subcommand {

        @Parameters(
                paramLabel = "ID|NAME",
                description = "Id, path or name of a file; of several versions, the newest.")
        private String idOrName = "";

        @Override
        public ExitCode run(Session session) {
            long fileId = NamedFile.newest(idOrName, session);
            FileSheet sheet = session.bean(FileSheets.class).of(fileId).orElseThrow();
            session.output().result(sheet, () -> FileSheetText.of(sheet, session.program()));
            return ExitCode.DONE;
        }
    }
}
