package org.waybill.stage.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.waybill.ledger.manifest.Manifests;
import org.waybill.route.Route;
import org.waybill.route.TransferRoute.ArrivalRule;

/** The manifests of a route as they lie in their folder. */
final class ManifestFolder implements AutoCloseable {

    private final Route route;
    private final Manifests manifests;
    private final Set<Path> fetched = new HashSet<>();
    private int tooYoung;

    ManifestFolder(Route route, Manifests manifests) {
        this.route = route;
        this.manifests = manifests;
    }

    /** A manifest that was fetched by ourselves is whole, however young. */
    void fetched(Path manifest) {
        fetched.add(manifest);
    }

    /**
     * The manifests that nobody writes to any more, by name: regular files, without those that the route ignores. How long
     * one has been quiet is told by the time of its last inode change, which its producer cannot set. None, if the route has no
     * manifests.
     */
    List<Path> settled(Instant now) throws IOException {
        List<Path> settled = new ArrayList<>();
        tooYoung = 0;
        Optional<Path> folder = route.intake().manifests();
        if (folder.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.get())) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (!name.startsWith(".") && !route.transfer().ignores(name) && isRegular(file)) {
                    if (isSettled(file, now)) {
                        settled.add(file);
                    } else if (!isKnown(file)) {
                        tooYoung++;
                    }
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return settled;
    }

    /** How many manifests were left for a later run, because they changed a short while ago. */
    int tooYoung() {
        return tooYoung;
    }

    private boolean isSettled(Path file, Instant now) throws IOException {
        if (route.transfer().rule() == ArrivalRule.RENAMED || fetched.contains(file)) {
            return true;
        }
        FileTime changed = (FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
        return Duration.between(changed.toInstant(), now)
                        .compareTo(route.transfer().quietFor())
                >= 0;
    }

    /** Whether it was dealt with before, as it is now. */
    boolean isKnown(Path file) throws IOException {
        return manifests.isKnown(route.name(), file.getFileName().toString(), OpenManifest.hash(file));
    }

    private static boolean isRegular(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void close() {
        fetched.clear();
    }
}
