package org.waybill.ledger.listing;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.ledger.FileState;

/**
 * The waybill of one file: all that is known of it. Sizes are in bytes, checksums in lower-case hexadecimal.
 *
 * @param version how many files of this path there have been, this one included and duplicates left out
 * @param duplicateOf the file of the version before, if this one came again with just its content; else null
 * @param quarantine null unless it is there
 * @param arrived null before it has; so are the others
 * @param otherVersions the other files of this route and path, oldest first
 * @param deliveries who is to get it, or has got it, by recipient
 * @param events all of its life, oldest first; those of its deliveries are theirs
 */
public record FileSheet(
        long id,
        String route,
        String path,
        int version,
        @Nullable Long duplicateOf,
        FileState state,
        @Nullable Quarantine quarantine,
        Declared declared,
        @Nullable Arrived arrived,
        @Nullable Processed processed,
        @Nullable Archived archived,
        List<InDataset> datasets,
        List<Version> otherVersions,
        List<Event> events,
        List<Delivery> deliveries) {

    /**
     * Why a file waits for a person.
     *
     * @param reason code
     * @param cause what the code means
     * @param cure what to do
     * @param heldState the state that readmission gives back
     */
    public record Quarantine(String reason, String cause, String cure, FileState heldState) {}

    /** What manifests say. */
    public record Declared(
            Instant at,
            @Nullable Long plainSizeBytes,
            @Nullable Long encryptedSizeBytes,
            List<DeclaredChecksum> checksums) {}

    /**
     * A checksum that must match.
     *
     * @param side of the file as sent (ENCRYPTED), or of its PLAIN content
     * @param manifest the first one that declares it
     */
    public record DeclaredChecksum(String side, String algorithm, String value, String manifest) {}

    /**
     * How it came.
     *
     * @param as path below the incoming folder
     * @param rule why it counted as arrived
     */
    public record Arrived(Instant at, String as, String rule, long sizeBytes) {}

    /**
     * What was measured as it was verified.
     *
     * @param completeBy what proves that nothing is missing
     * @param checked what the checks of its route found; null if it has none
     */
    public record Processed(
            Instant at,
            String format,
            long plainSizeBytes,
            String plainMd5,
            String plainSha256,
            String completeBy,
            @Nullable Checked checked) {}

    /**
     * What the checks of a route found. Null is what the route does not ask for.
     *
     * @param type MIME type by content
     * @param name the pattern that fits the file's name
     * @param page counted from 1, on which the identifier in its name stands first
     * @param position how many characters of the page's text stand before it
     * @param commandExit exit code of the route's command
     */
    public record Checked(
            String type,
            @Nullable String name,
            @Nullable Integer page,
            @Nullable Integer position,
            @Nullable Integer commandExit) {}

    /** The re-encrypted file; its date is null until it is published. */
    public record Archived(@Nullable Instant at, long sizeBytes, String md5, String sha256) {}

    /**
     * A dataset that it belongs to.
     *
     * @param manifest the one that says so; null if nothing does, and the file was taken as it came
     * @param line in that manifest
     * @param archivedAs path below the archive folder; null until it is published for this dataset
     */
    public record InDataset(
            String name,
            @Nullable String manifest,
            @Nullable Long line,
            @Nullable String archivedAs) {}

    /** Another file of the same route and path. @param duplicateOf null if it is a version of its own */
    public record Version(
            long id, int version, FileState state, @Nullable Long duplicateOf) {}

    /**
     * Who is to get it, or has got it.
     *
     * @param placedAs path below the channel's folder
     * @param reason why it is held; else null
     * @param deliveredAt when it was placed last; null before
     * @param acknowledgeBy when an acknowledgement is overdue; null: never
     * @param rung the highest one that is proved; null if it was never placed
     */
    public record Delivery(
            long id,
            String recipient,
            String channel,
            String placedAs,
            String state,
            @Nullable String reason,
            @Nullable Instant deliveredAt,
            @Nullable Instant acknowledgeBy,
            @Nullable String rung) {}

    /**
     * An event of its life.
     *
     * @param from null when intake made it known; the same as {@code to} where nothing moved
     * @param runId null when a person did it
     */
    public record Event(
            Instant at,
            @Nullable String from,
            String to,
            String reason,
            String detail,
            @Nullable Long runId,
            String actor) {}
}
