package org.waybill.stage.acknowledgement;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.waybill.format.MalformedInputException;
import org.waybill.format.accesslog.AccessLogFormat;
import org.waybill.ledger.receipt.LogReading;
import org.waybill.ledger.receipt.LogStream;
import org.waybill.ledger.receipt.LogStreams;
import org.waybill.ledger.receipt.Placements;
import org.waybill.route.acknowledgement.AcknowledgementRoute;
import org.waybill.route.acknowledgement.LogSource;
import org.waybill.run.StageRun;
import org.waybill.stage.acknowledgement.matching.RequestJudge;
import org.waybill.stage.acknowledgement.shelf.LogShelf;
import org.waybill.stage.acknowledgement.shelf.Shelves;

/** All logs of a route, one file after another, in pieces. Each piece is recorded before the next one is asked for. */
final class OpenLogs implements Closeable {

    /** @param known the logs of before, and those that begin in this run */
    private record Waiting(LogSource log, LogShelf shelf, LogFolder.Found found, List<LogStream> known) {}

    private final LogStreams streams;
    private final Placements placements;
    private final StageRun run;
    private final AcknowledgementRoute route;
    private final int linesAtMost;
    private final Queue<Waiting> files = new ArrayDeque<>();
    private final Map<Long, Long> positions = new HashMap<>();
    private @Nullable LogPieces open;

    OpenLogs(LogStreams streams, Placements placements, Shelves shelves, StageRun run, int linesAtMost)
            throws IOException {
        this.streams = streams;
        this.placements = placements;
        this.run = run;
        this.route = run.route().acknowledgement().orElseThrow();
        this.linesAtMost = linesAtMost;
        for (LogSource log : route.logs()) {
            LogShelf shelf = shelves.of(log);
            List<LogStream> known = new ArrayList<>(streams.of(run.route().name(), log.name()));
            LogFolder.look(log, shelf, known).forEach(found -> files.add(new Waiting(log, shelf, found, known)));
        }
    }

    static AccessLogFormat format(AcknowledgementRoute route, String name) {
        String pattern = route.readers().get(name);
        return pattern != null
                ? AccessLogFormat.ofPattern(pattern)
                : AccessLogFormat.named(name).orElseThrow();
    }

    /** The next piece; null if all was read. */
    @Nullable
    LogReading next() throws IOException {
        while (true) {
            LogPieces now = open;
            if (now == null) {
                Waiting waiting = files.poll();
                if (waiting == null) {
                    return null;
                }
                open = open(waiting);
                continue;
            }
            LogReading piece = now.next();
            if (piece != null) {
                positions.put(piece.streamId(), piece.to());
                return piece;
            }
            if (now.isComplete()) {
                streams.compressed(now.streamId());
            }
            close();
        }
    }

    private @Nullable LogPieces open(Waiting waiting) throws IOException {
        LogFolder.Found found = waiting.found;
        Optional<LogStream> before = found.among(waiting.known);
        if (before.filter(LogStream::isCompressed).isPresent()) {
            return null;
        }
        LogStream stream = before.isPresent() ? before.get() : begin(waiting);
        if (stream.head().bytes() < found.head().bytes()) {
            streams.know(stream.streamId(), found.head());
        }
        try {
            return new LogPieces(
                    waiting.shelf,
                    found.name(),
                    stream,
                    found.head(),
                    format(route, waiting.log.format()),
                    () -> new RequestJudge(
                            route, waiting.log, placements.of(run.route().name(), waiting.log.channel())),
                    positions.getOrDefault(stream.streamId(), stream.position()),
                    linesAtMost);
        } catch (MalformedInputException | NoSuchFileException e) {
            return null; // another file has it up to there, or it is lost, which is told at the end
        }
    }

    /** A new log; once, if two files have it, as while one is compressed into the other. */
    private LogStream begin(Waiting waiting) {
        LogFolder.Found found = waiting.found;
        LogStream stream = streams.begin(
                run.route().name(),
                waiting.log.name(),
                found.head(),
                found.first(),
                found.name(),
                run.stamp().at());
        waiting.known.add(stream);
        return stream;
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
        }
        open = null;
    }
}
