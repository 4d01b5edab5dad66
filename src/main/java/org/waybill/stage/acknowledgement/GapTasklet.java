package org.waybill.stage.acknowledgement;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.waybill.format.MalformedInputException;
import org.waybill.format.accesslog.AccessLogFormat;
import org.waybill.format.accesslog.stream.LogLines;
import org.waybill.ledger.Stamp;
import org.waybill.ledger.receipt.LogStream;
import org.waybill.ledger.receipt.LogStreams;
import org.waybill.route.acknowledgement.LogSource;
import org.waybill.run.StageRun;
import org.waybill.stage.acknowledgement.shelf.LogFile;
import org.waybill.stage.acknowledgement.shelf.LogShelf;
import org.waybill.stage.acknowledgement.shelf.Shelves;

/** Records which logs no file has any more, though they may have had more lines. */
class GapTasklet implements Tasklet {

    private static final Duration BEING_COMPRESSED = Duration.ofHours(1); // at most, before it counts as damaged

    /** How much of a log a file has; the better one comes later. */
    private enum Holds {
        LESS,
        A_DAMAGED_PART,
        ALL_THAT_WAS_READ,
        MORE
    }

    private final LogStreams streams;
    private final Shelves shelves;
    private final StageRun run;

    GapTasklet(LogStreams streams, Shelves shelves, StageRun run) {
        this.streams = streams;
        this.shelves = shelves;
        this.run = run;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws IOException {
        for (LogSource log : run.route().acknowledgement().orElseThrow().logs()) {
            LogShelf shelf = shelves.of(log);
            List<LogStream> known = streams.of(run.route().name(), log.name());
            Map<Long, Holds> holds = new HashMap<>();
            List<LogFolder.Found> files = new ArrayList<>(LogFolder.look(log, shelf, known));
            files.addAll(LogFolder.look(log, shelf, known)); // a file may be renamed while the folder is read
            for (LogFolder.Found file : files) {
                Optional<LogStream> stream =
                        file.among(known).filter(each -> each.endedAs().isEmpty());
                if (stream.isPresent()) {
                    holds.merge(stream.get().streamId(), holds(shelf, file, stream.get()), GapTasklet::better);
                }
            }
            known.stream()
                    .filter(stream -> stream.endedAs().isEmpty())
                    .forEach(stream ->
                            conclude(stream, holds.getOrDefault(stream.streamId(), Holds.LESS), isLast(stream, known)));
        }
        run.confirmOwnershipUntilCommit();
        return RepeatStatus.FINISHED;
    }

    private static Holds better(Holds one, Holds other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static boolean isLast(LogStream stream, List<LogStream> known) {
        return known.stream().noneMatch(other -> other.streamId() > stream.streamId() && other.position() > 0);
    }

    private void conclude(LogStream stream, Holds held, boolean isLast) {
        Stamp stamp = run.stamp();
        switch (held) {
            case MORE -> streams.seen(stream, false, stamp.at());
            case ALL_THAT_WAS_READ -> streams.seen(stream, !isLast, stamp.at());
            case A_DAMAGED_PART ->
                streams.lost(stream, "its compressed file " + stream.fileName() + " is damaged", stamp);
            case LESS -> {
                if (stream.isWhole()) {
                    streams.rotated(stream);
                } else {
                    streams.lost(stream, "no file begins like it and has it up to where it was read", stamp);
                }
            }
        }
    }

    private Holds holds(LogShelf shelf, LogFolder.Found found, LogStream stream) throws IOException {
        try (LogFile file = shelf.open(found.name())) {
            if (file.isCompressed()) {
                boolean isOld = found.modified()
                        .plus(BEING_COMPRESSED)
                        .isBefore(run.stamp().at());
                return isOld && isDamaged(file, stream) ? Holds.A_DAMAGED_PART : Holds.MORE;
            }
            long more = file.size() - stream.position();
            return more > 0 ? Holds.MORE : more == 0 ? Holds.ALL_THAT_WAS_READ : Holds.LESS;
        } catch (NoSuchFileException e) {
            return Holds.MORE; // renamed meanwhile; the next run sees
        }
    }

    private static boolean isDamaged(LogFile file, LogStream stream) throws IOException {
        try (LogLines lines = LogLines.open(file, AccessLogFormat.COMMON, stream.position())) {
            while (lines.next()) {
                continue;
            }
            return false;
        } catch (MalformedInputException e) {
            return true;
        }
    }
}
