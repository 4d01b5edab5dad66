package org.waybill.stage.rewrap;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import org.waybill.ledger.rewrap.HeaderChange;
import org.waybill.storage.FileFacts;

/** What stands under a name, seen from a change of its header. Looks at the header and the length only. */
enum Standing {
    OLD,
    NEW,
    /** Partly the old header and partly the new one: a crash tore the write. */
    TORN,
    OTHER;

    /** @throws java.nio.file.NoSuchFileException if nothing does */
    static Standing of(Path path, HeaderChange change) throws IOException {
        FileFacts facts = FileFacts.of(path);
        if (!facts.isFile()) {
            return OTHER;
        }
        byte[] begin;
        try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            begin = in.readNBytes(Math.max(change.oldHeader().length, change.newHeader().length));
        }
        if (facts.sizeBytes() == change.newSizeBytes() && begins(begin, change.newHeader())) {
            return NEW;
        }
        if (facts.sizeBytes() == change.bodyBytes() + change.oldHeader().length && begins(begin, change.oldHeader())) {
            return OLD;
        }
        boolean torn = change.keepsLength() && facts.sizeBytes() == change.newSizeBytes() && isTorn(begin, change);
        return torn ? TORN : OTHER;
    }

    private static boolean begins(byte[] bytes, byte[] header) {
        return bytes.length >= header.length && Arrays.equals(bytes, 0, header.length, header, 0, header.length);
    }

    private static boolean isTorn(byte[] bytes, HeaderChange change) {
        for (int i = 0; i < change.newHeader().length; i++) {
            if (bytes[i] != change.oldHeader()[i] && bytes[i] != change.newHeader()[i]) {
                return false;
            }
        }
        return true;
    }

    /** A file is not what the ledger says, and is left alone. */
    static final class NotAsRecordedException extends Exception {

        /** @param message what was expected, and what was found */
        NotAsRecordedException(String message) {
            super(message);
        }
    }
}
