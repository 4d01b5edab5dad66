package org.waybill.torture.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Claim: what a disk fails to do, is full for, or forbids, is no file's fault and loses nothing. Fault: one system call on a
 * file of the home fails, made so by strace: EIO, ENOSPC, EMFILE, EROFS where the call can have it. Allowed: the run makes
 * good for it, or says that it failed. Pass: after the next run every invariant holds, and ledger and archive are those of a
 * run that nobody disturbed.
 */
class FailingCallsIT {

    private static final int CALLS = Integer.getInteger("waybill.failing.calls", 40);
    private static final long SEED = Long.getLong("waybill.seed", 20261121);
    private static final int SITES = 8;

    private static final Map<String, List<String>> ERRORS = Map.ofEntries(
            Map.entry("read", List.of("EIO")),
            Map.entry("pread64", List.of("EIO")),
            Map.entry("close", List.of("EIO", "ENOSPC")),
            Map.entry("write", List.of("EIO", "ENOSPC")),
            Map.entry("pwrite64", List.of("EIO", "ENOSPC")),
            Map.entry("fsync", List.of("EIO", "ENOSPC")),
            Map.entry("fdatasync", List.of("EIO", "ENOSPC")),
            Map.entry("openat", List.of("EMFILE", "EIO", "EROFS")),
            Map.entry("link", List.of("ENOSPC", "EROFS")),
            Map.entry("rename", List.of("ENOSPC", "EROFS")),
            Map.entry("unlink", List.of("EIO", "EROFS")),
            Map.entry("mkdir", List.of("ENOSPC", "EROFS")),
            Map.entry("chmod", List.of("EIO", "EROFS")));

    private record Attempt(CrashPoint point, String error) {

        /** Only what would write can be refused by a file system that is read-only. */
        boolean canBe() {
            return !error.equals("EROFS") || point.changes();
        }
    }

    @Test
    void callsThatFailLoseNothing(@TempDir Path folder, TestReporter reporter) throws Exception {
        Site.requireStrace();
        List<String> violations = new ArrayList<>();
        List<String> tried = new ArrayList<>();
        int failed = 0;
        try (Sites sites = new Sites(folder, Site.Size.SMALL, SITES)) {
            List<Attempt> attempts = new ArrayList<>(sites.points().stream()
                    .filter(CrashPoint::onFile)
                    .flatMap(FailingCallsIT::attempts)
                    .filter(Attempt::canBe)
                    .toList());
            Collections.shuffle(attempts, new Random(SEED));
            Deque<Attempt> waiting = new ArrayDeque<>(attempts.subList(0, Math.min(CALLS, attempts.size())));
            while (!waiting.isEmpty()) {
                List<Attempt> together =
                        sites.together(waiting, attempt -> attempt.point().place());
                List<Sites.Strike> strikes = sites.fail(
                        together.stream().map(Attempt::point).toList(),
                        together.stream().map(Attempt::error).toList());
                for (int i = 0; i < strikes.size(); i++) {
                    String attempt = together.get(i).toString();
                    failed += strikes.get(i).struck() ? 1 : 0;
                    tried.add(attempt);
                    strikes.get(i).violations().forEach(violation -> violations.add(attempt + ": " + violation));
                }
            }
            String summary = "%d failing calls tried of %d: %d runs failed, %d made good for it; %d violations; seed %d"
                    .formatted(tried.size(), attempts.size(), failed, tried.size() - failed, violations.size(), SEED);
            System.out.println(summary);
            reporter.publishEntry(Map.of("failing calls", summary));
        }
        assertThat(violations).isEmpty();
        assertThat(failed).as("runs that failed").isPositive();
        assertThat(tried).hasSizeGreaterThan(failed);
    }

    private static Stream<Attempt> attempts(CrashPoint point) {
        return ERRORS.getOrDefault(point.call(), List.of()).stream().map(error -> new Attempt(point, error));
    }
}
