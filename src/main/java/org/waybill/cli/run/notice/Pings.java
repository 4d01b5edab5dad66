package org.waybill.cli.run.notice;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.waybill.cli.ExitCode;
import org.waybill.remote.ping.PingClient;
import org.waybill.remote.ping.PingClient.Signal;
import org.waybill.route.Ping;
import org.waybill.route.Route;
import org.waybill.route.Route.Schedule;
import org.waybill.run.StageResult;

/** Tells the monitor that a route names that its stages begin, and what came of them. Never throws, and never waits for long. */
public final class Pings {

    /** Two pings, each sent twice. A process that is asked to end has 25 s. */
    private static final int PATIENCE_SECONDS = 17;

    private final String what;
    private final Optional<Ping.Address> address;
    private final Consumer<String> notes;
    private final UUID rid = UUID.randomUUID();
    private final ExecutorService sender = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "ping");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable PingClient client;
    private volatile boolean started;

    /**
     * @param target what is run, as the route names it for its pings; empty: nothing that anybody waits for
     * @param notes where faults are told
     */
    public Pings(Route route, Optional<String> target, Consumer<String> notes) {
        this.what = target.filter(name -> !name.equals(Schedule.WHOLE_ROUTE))
                .map(stage -> route.name() + "." + stage)
                .orElse(route.name());
        this.address = target.flatMap(route.ping()::of);
        this.notes = notes;
    }

    /** A stage begins; only the first one is told. */
    public void started() {
        if (!started) {
            started = true;
            later(Signal.START, what + " begins");
        }
    }

    /**
     * All is over. Nothing is told of what was refused, since another process works on it, and tells.
     *
     * @param results of the stages that were run
     */
    public void ended(ExitCode code, List<StageResult> results) {
        if (code != ExitCode.REFUSED || started) {
            boolean good = code == ExitCode.DONE || code == ExitCode.QUARANTINED;
            String runs = results.stream().map(result -> " " + result.runId()).collect(Collectors.joining());
            later(
                    good ? Signal.SUCCESS : Signal.FAIL,
                    what + ", runs" + (runs.isEmpty() ? " none" : runs) + ", exit code " + code.number() + ": "
                            + code.meaning());
        }
        sender.shutdown();
        try {
            if (!sender.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                sender.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void later(Signal signal, String words) {
        address.ifPresent(known -> sender.execute(() -> send(known, signal, words)));
    }

    private void send(Ping.Address known, Signal signal, String words) {
        try {
            PingClient ready = client;
            if (ready == null) {
                ready = new PingClient(known.resolve(System::getenv));
                client = ready;
            }
            ready.send(signal, rid, words);
        } catch (IOException e) {
            notes.accept("ping of " + what + " was not sent: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            notes.accept("ping of " + what + " was not sent: " + e.getClass().getSimpleName());
        }
    }
}
