package org.waybill.cli.files;

import java.util.Comparator;
import java.util.List;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.ledger.listing.FileListing;
import org.waybill.ledger.listing.FileRow;
import org.waybill.report.TextTable;

/** Finds the one file that a person means. */
final class NamedFile {

    /** A duplicate comes after what it repeats, and is not newer. */
    private static final Comparator<FileRow> NEWEST =
            Comparator.comparing(FileRow::version).thenComparing(FileRow::id, Comparator.reverseOrder());

    private NamedFile() {}

    /** The same; but of several versions of one file, the newest. */
    static long newest(String idOrName, Session session) {
        List<FileRow> files = session.bean(FileListing.class).named(idOrName);
        boolean areVersions = files.stream()
                        .map(file -> List.of(file.route(), file.path()))
                        .distinct()
                        .count()
                == 1;
        return files.stream()
                .filter(file -> areVersions && file.id() != null && file.version() != null)
                .max(NEWEST)
                .map(FileRow::id)
                .orElseGet(() -> find(idOrName, session));
    }

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
