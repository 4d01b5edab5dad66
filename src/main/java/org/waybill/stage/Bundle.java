package org.waybill.stage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.waybill.ledger.FileRejectedException;
import org.waybill.storage.Forcing;
import org.waybill.storage.UnpublishedFile;

/**
 * Files that are published together. While one is made, the disk is still being asked to keep those before; when it keeps
 * them all, and the run still owns its stage, they get their names. What the world failed in the bundle is made once more
 * by itself. For one thread.
 *
 * @param <F> a file of the ledger
 * @param <R> what comes of it
 */
public final class Bundle<F, R> {

    /** What is done with each file of a bundle. */
    public interface Work<F, R> {

        long id(F file);

        /**
         * Makes all that is to be published of a file.
         *
         * @throws FileRejectedException if the file's own fault stops it; nothing was left behind
         * @throws IOException if the world failed; nothing was left behind
         */
        Made<R> make(F file) throws IOException, FileRejectedException;

        R refused(F file, FileRejectedException fault);

        /** May throw to prevent that anything is published. */
        void beforePublishing();
    }

    /** What was made of a file: whole, with neither its names nor a promise of the disk. */
    public interface Made<R> {

        List<UnpublishedFile> unforced();

        /** Gives all the names. */
        R publish() throws IOException;

        /** Throws away what was not published. */
        void close() throws IOException;
    }

    private final Work<F, R> work;

    public Bundle(Work<F, R> work) {
        this.work = work;
    }

    /** @throws IOException if the world failed a file each time; of the others, some may have their names */
    public List<R> publish(List<F> files) throws IOException {
        List<SoFar<F, R>> all = new ArrayList<>(files.size());
        try {
            for (F file : files) {
                all.add(begin(file));
            }
            all.forEach(SoFar::await);
            work.beforePublishing();
            List<R> results = new ArrayList<>(files.size());
            for (SoFar<F, R> each : all) {
                results.add(finish(each));
            }
            return results;
        } finally {
            for (SoFar<F, R> each : all) {
                each.close();
            }
        }
    }

    private SoFar<F, R> begin(F file) {
        try {
            Made<R> made = work.make(file);
            return new Underway<>(
                    file, made, made.unforced().stream().map(Forcing::begin).toList());
        } catch (FileRejectedException e) {
            return new Refused<>(work.refused(file, e));
        } catch (IOException e) {
            return new Failed<>(file);
        }
    }

    private R finish(SoFar<F, R> each) throws IOException {
        if (each instanceof Refused<F, R> refused) {
            return refused.result();
        }
        if (each instanceof Failed<F, R> failed) {
            return again(failed.file());
        }
        Underway<F, R> underway = (Underway<F, R>) each;
        if (underway.isOnDisk()) {
            try {
                return underway.made().publish();
            } catch (IOException e) {
                return again(underway.file());
            }
        }
        return again(underway.file());
    }

    private R again(F file) throws IOException {
        return MoreChances.on(work.id(file), () -> {
            try {
                Made<R> made = work.make(file);
                try {
                    for (UnpublishedFile each : made.unforced()) {
                        each.force();
                    }
                    work.beforePublishing();
                    return made.publish();
                } finally {
                    made.close();
                }
            } catch (FileRejectedException e) {
                return work.refused(file, e);
            }
        });
    }

    private sealed interface SoFar<F, R> {

        default void await() {}

        default void close() throws IOException {}
    }

    private record Refused<F, R>(R result) implements SoFar<F, R> {}

    /** The world failed it. */
    private record Failed<F, R>(F file) implements SoFar<F, R> {}

    /** @param onDisk whether each of its files could be forced, once that is known */
    private record Underway<F, R>(F file, Made<R> made, List<CompletableFuture<Boolean>> onDisk)
            implements SoFar<F, R> {

        @Override
        public void await() {
            onDisk.forEach(CompletableFuture::join);
        }

        boolean isOnDisk() {
            return onDisk.stream().allMatch(CompletableFuture::join);
        }

        @Override
        public void close() throws IOException {
            onDisk.forEach(each -> each.handle((forced, fault) -> forced).join());
            made.close();
        }
    }
}
