package org.waybill.ledger;

import java.util.Map;
import java.util.Set;

/** Where a file is on its way, and the only list of the moves that are allowed. */
public enum FileState {
    /** A manifest declares it; it has not arrived. */
    EXPECTED,
    /** It lies whole in our own folder, out of its uploader's reach. */
    ARRIVED,
    /** It was verified and re-encrypted; the result is complete and on disk. */
    PROCESSED,
    /** It stands in the archive under its final name. */
    ARCHIVED,
    /** Its own fault stopped it; it waits for a person. */
    QUARANTINED;

    private static final Map<FileState, Set<FileState>> BY_STAGES = Map.of(
            EXPECTED, Set.of(ARRIVED, QUARANTINED),
            ARRIVED, Set.of(PROCESSED, QUARANTINED),
            PROCESSED, Set.of(ARCHIVED, QUARANTINED),
            ARCHIVED, Set.of(QUARANTINED),
            QUARANTINED, Set.of());

    private static final Map<FileState, Set<FileState>> BY_PERSONS = Map.of(
            EXPECTED, Set.of(),
            ARRIVED, Set.of(EXPECTED),
            PROCESSED, Set.of(EXPECTED, ARRIVED),
            ARCHIVED, Set.of(EXPECTED),
            QUARANTINED, Set.of(EXPECTED));

    /** Whether a stage may move a file so. */
    public boolean leadsTo(FileState next) {
        return BY_STAGES.getOrDefault(this, Set.of()).contains(next);
    }

    /** Whether a person may set a file so, giving a reason; readmission from quarantine is not of these. */
    public boolean canBeSetTo(FileState next) {
        return BY_PERSONS.getOrDefault(this, Set.of()).contains(next);
    }

    /** The states to which a person may set a file that is in this one. */
    public Set<FileState> settableTo() {
        return BY_PERSONS.getOrDefault(this, Set.of());
    }
}
