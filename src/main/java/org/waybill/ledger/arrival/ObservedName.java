package org.waybill.ledger.arrival;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.format.DataFormat;
import org.waybill.format.manifest.EntryName;
import org.waybill.format.manifest.RowFault;

/**
 * What a manifest would call a file that lies in an incoming folder.
 *
 * @param matchPath its path without an encryption suffix
 * @param twinKey equal for paths that differ only in case or in Unicode normal form; null if there is a fault
 * @param fault why no manifest could call it so, and what to do; null if one could
 */
public record ObservedName(
        String matchPath,
        @Nullable String twinKey,
        @Nullable String fault) {

    /** @param path below the incoming folder, segments divided by {@code /} */
    public static ObservedName of(String path) {
        String matchPath = DataFormat.withoutSuffix(path);
        Optional<String> fault = fault(matchPath);
        return fault.isPresent()
                ? new ObservedName(matchPath, null, fault.get())
                : new ObservedName(matchPath, twinKey(matchPath), null);
    }

    /** The key of a path that the ledger knows. */
    static String twinKey(String path) {
        return fault(path).isEmpty() ? new EntryName(path).twinKey() : path;
    }

    private static Optional<String> fault(String matchPath) {
        return EntryName.faultOf(matchPath)
                .map(ObservedName::text)
                .or(() -> EntryName.normalised(matchPath).equals(matchPath)
                        ? Optional.empty()
                        : Optional.of("without its suffix it has no name; rename it"));
    }

    private static String text(RowFault fault) {
        return clause(fault.cause()) + "; " + clause(fault.cure());
    }

    private static String clause(String sentence) {
        return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1, sentence.length() - 1);
    }
}
