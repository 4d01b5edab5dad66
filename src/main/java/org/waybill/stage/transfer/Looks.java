package org.waybill.stage.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.ledger.arrival.Observations;
import org.waybill.ledger.arrival.Observations.Sighting;
import org.waybill.ledger.arrival.ObservedName;
import org.waybill.route.Route;
import org.waybill.route.TransferRoute;
import org.waybill.route.TransferRoute.ArrivalRule;
import org.waybill.run.StageRun;
import org.waybill.run.batch.Pause;
import org.waybill.run.batch.Uptime;
import org.waybill.storage.FileFacts;
import org.waybill.storage.IncomingTree;
import org.waybill.storage.IncomingTree.Entry;

/**
 * The looks that one run takes at an incoming folder: usually one; where the route lets a run wait, one more after each
 * quiet time, as long as the last one saw files that are not quiet yet.
 */
final class Looks implements AutoCloseable {

    private static final Duration NAP = Duration.ofMillis(200);
    private static final String DONE = ".done";
    private static final int AT_ONCE = 2000;
    private static final int CLOCK_SLEW = 1000; // one part: twice what adjtime(3) may slow our clock by

    private final Route route;
    private final StageRun run;
    private final Observations observations;
    private final InstantSource clock;
    private final Uptime uptime;
    private final Pause pause;
    private long waitsLeft;
    private long number;
    private long seen;
    private long claimedBefore;
    private @Nullable IncomingTree tree;

    Looks(StageRun run, Observations observations, InstantSource clock, Uptime uptime, Pause pause) {
        this.uptime = uptime;
        this.route = run.route();
        this.run = run;
        this.observations = observations;
        this.clock = clock;
        this.pause = pause;
    }

    void begin() {
        TransferRoute transfer = route.transfer();
        boolean waits =
                transfer.rule() == ArrivalRule.QUIET && !transfer.waitFor().isZero();
        waitsLeft = waits && !transfer.quietFor().isZero() ? transfer.waitFor().dividedBy(transfer.quietFor()) : 0;
        look();
    }

    /** The number of the last look. */
    long number() {
        return number;
    }

    /** Files that a run which died had claimed and moved already, so that the last look could not see them. */
    void alsoFound(long files) {
        claimedBefore = files;
    }

    /** How many files this run found. */
    long found() {
        return seen + claimedBefore;
    }

    /** The next sightings, all of one look; null after the last ones of the last look. */
    @Nullable
    List<Sighting> next() throws IOException, InterruptedException {
        while (tree != null || lookAgain()) {
            List<Sighting> sightings = sightings();
            if (!sightings.isEmpty()) {
                return sightings;
            }
        }
        return null;
    }

    private List<Sighting> sightings() throws IOException {
        List<Sighting> sightings = new ArrayList<>();
        while (tree != null && sightings.size() < AT_ONCE) {
            run.continueOrStop();
            Entry entry = tree.next();
            if (entry == null) {
                close();
            } else if (!isDoneFile(entry)) {
                sightings.add(sighting(entry));
            }
        }
        seen += sightings.size();
        return sightings;
    }

    private boolean lookAgain() throws InterruptedException {
        TransferRoute transfer = route.transfer();
        if (waitsLeft == 0 || !observations.hasUnquiet(route.name(), number, transfer.observations())) {
            return false;
        }
        waitsLeft--;
        waitFor(transfer.quietFor().plus(transfer.quietFor().dividedBy(CLOCK_SLEW)));
        look();
        return true;
    }

    private void look() {
        number = observations.nextLook();
        seen = 0;
        uptime.now()
                .ifPresent(reading ->
                        observations.compareClock(route.name(), reading.boot(), reading.up(), clock.instant()));
        tree = new IncomingTree(route.incoming(), route.transfer()::ignores);
    }

    private void waitFor(Duration time) throws InterruptedException {
        for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(NAP)) {
            run.continueOrStop();
            pause.of(left.compareTo(NAP) < 0 ? left : NAP);
        }
    }

    private boolean isDoneFile(Entry entry) {
        return route.transfer().rule() == ArrivalRule.DONE_FILE && entry.path().endsWith(DONE);
    }

    private Sighting sighting(Entry entry) {
        FileFacts facts = entry.facts() == null ? new FileFacts(FileFacts.Kind.OTHER, 0, 0, 0, 0, 0) : entry.facts();
        return new Sighting(
                number,
                entry.path(),
                ObservedName.of(entry.path()),
                facts.sizeBytes(),
                facts.modifiedNs(),
                facts.changedNs(),
                facts.inode(),
                entry.fault() == null && hasDoneFile(entry.path()),
                entry.fault(),
                clock.instant());
    }

    private boolean hasDoneFile(String path) {
        return route.transfer().rule() == ArrivalRule.DONE_FILE
                && Files.isRegularFile(doneFile(route.incoming().resolve(path)), LinkOption.NOFOLLOW_LINKS);
    }

    /** The file that a producer writes beside a file that is whole. */
    static Path doneFile(Path file) {
        return file.resolveSibling(file.getFileName() + DONE);
    }

    @Override
    public void close() throws IOException {
        if (tree != null) {
            tree.close();
            tree = null;
        }
    }
}
