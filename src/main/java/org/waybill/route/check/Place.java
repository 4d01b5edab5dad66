package org.waybill.route.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a folder really is, symbolic links followed, even one that is not there yet.
 *
 * @param path absolute; without symbolic links as far as it exists
 */
record Place(Path path) {

    static Place of(Path folder) {
        Path existing = nearestExisting(folder);
        try {
            return new Place(
                    existing.toRealPath().resolve(existing.relativize(folder)).normalize());
        } catch (IOException e) {
            return new Place(folder);
        }
    }

    /** The folder itself, or what is there of the way to it; a link that leads nowhere is there. */
    static Path nearestExisting(Path folder) {
        Path existing = folder;
        while (existing.getParent() != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        return existing;
    }

    /** How this lies to another place, as a verb in front of its name; empty if neither is in the other. */
    Optional<String> relationTo(Place other) {
        if (path.equals(other.path)) {
            return Optional.of("is");
        }
        if (path.startsWith(other.path)) {
            return Optional.of("is inside");
        }
        return other.path.startsWith(path) ? Optional.of("contains") : Optional.empty();
    }
}
