package org.waybill.stage.acknowledgement;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.waybill.format.MalformedInputException;
import org.waybill.format.accesslog.stream.LogHead;
import org.waybill.ledger.receipt.LogStream;
import org.waybill.route.acknowledgement.LogSource;
import org.waybill.stage.acknowledgement.shelf.LogFile;
import org.waybill.stage.acknowledgement.shelf.LogShelf;

/** The files of one log, and which logs of before they are. */
final class LogFolder {

    private LogFolder() {}

    /**
     * A file with a complete line.
     *
     * @param beginning of its content
     * @param head what it is known by now
     */
    record Found(String name, Instant modified, byte[] beginning, LogHead head) {

        /** The head that it had when it was one line. */
        LogHead first() {
            for (int end = 0; end < beginning.length; end++) {
                if (beginning[end] == '\n') {
                    return LogHead.of(Arrays.copyOf(beginning, end + 1)).orElseThrow();
                }
            }
            return head;
        }

        /**
         * The log of before that it is: the one that it begins like. A file that has less than that one's beginning, as a copy
         * that was made before the log grew, is known by its first line.
         */
        Optional<LogStream> among(Collection<LogStream> known) {
            return known.stream()
                    .filter(stream -> stream.head().isOf(beginning))
                    .max(Comparator.comparingInt(stream -> stream.head().bytes()))
                    .or(() -> known.stream()
                            .filter(stream -> stream.head().bytes() > head.bytes())
                            .filter(stream -> stream.first().isOf(beginning))
                            .findFirst());
        }
    }

    /**
     * The files that have a complete line, those that were written last at the end.
     *
     * @throws IOException if the folder cannot be read, or has no file where there were some
     */
    static List<Found> look(LogSource log, LogShelf shelf, List<LogStream> known) throws IOException {
        List<LogShelf.Named> files = shelf.files();
        if (files.isEmpty()
                && known.stream().anyMatch(stream -> stream.endedAs().isEmpty())) {
            throw new IOException(
                    "log " + log.name() + ": expected the files that were read before, found none; is its folder"
                            + " mounted, and do the names in the route fit?");
        }
        List<Found> found = new ArrayList<>();
        for (LogShelf.Named file : files) {
            look(shelf, file).ifPresent(found::add);
        }
        return found;
    }

    private static Optional<Found> look(LogShelf shelf, LogShelf.Named file) throws IOException {
        try (LogFile open = shelf.open(file.name())) {
            byte[] beginning = open.beginning();
            return LogHead.of(beginning).map(head -> new Found(file.name(), file.modified(), beginning, head));
        } catch (MalformedInputException e) {
            return Optional.empty(); // being compressed just now, or broken: the log may be in another file
        } catch (NoSuchFileException e) {
            return Optional.empty(); // renamed meanwhile; by the next run it has its new name
        }
    }
}
