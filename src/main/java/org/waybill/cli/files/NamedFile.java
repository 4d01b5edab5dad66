package org.waybill.cli.files;

import java.util.List;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.ledger.listing.FileListing;
import org.waybill.ledger.listing.FileRow;
import org.waybill.report.TextTable;

/** Finds the one file that a person means. */
final class NamedFile {

    private NamedFile() {}

    /**
     * The ledger id of the file with this id, path or name.
     *
     * @throws CommandFailedException if there is none, or more than one
     */
    static long find(String idOrName, Session session) {
        List<FileRow> files = session.bean(FileListing.class).named(idOrName);
        Long only = files.size() == 1 ? files.get(0).id() : null;
        if (only != null) {
            return only;
        }
        String name = TextTable.printable(idOrName);
        if (files.isEmpty()) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    "no file has the id, path or name " + name + "; look for it with: " + session.program()
                            + " files list --find TEXT");
        }
        if (!session.output().isJson()) {
            session.output().note("these files fit:\n" + FileListOptions.table(files));
        }
        throw new CommandFailedException(
                ExitCode.FAILED,
                name + " fits more than one file: "
                        + files.stream().map(FileRow::id).toList() + "; give the id of one");
    }
}
