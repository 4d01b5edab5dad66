package org.waybill.cli.files;

import java.util.List;
import java.util.stream.Collectors;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.ledger.FileState;
import org.waybill.report.TextTable;

/** A file that a person moved. As JSON its shape is an interface. */
record Moved(long id, String route, String path, FileState from, FileState to) {

    static void orFail(boolean moved, Moved file) {
        if (!moved) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    "file " + file.id() + " is no longer " + file.from() + ": somebody was faster; look at it again");
        }
    }

    static String text(List<Moved> files) {
        return files.stream()
                .map(file -> TextTable.printable(
                        "file %d: %s -> %s  %s".formatted(file.id(), file.from(), file.to(), file.path())))
                .collect(Collectors.joining("\n"));
    }
}
