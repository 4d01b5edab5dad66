package org.waybill.stage.acknowledgement;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.waybill.format.MalformedInputException;
import org.waybill.format.accesslog.AccessLogFormat;
import org.waybill.format.accesslog.AccessLogLine;
import org.waybill.format.accesslog.LogLine.Unparseable;
import org.waybill.format.accesslog.stream.LogHead;
import org.waybill.format.accesslog.stream.LogLines;
import org.waybill.ledger.receipt.LogReading;
import org.waybill.ledger.receipt.LogStream;
import org.waybill.stage.Ahead;
import org.waybill.stage.acknowledgement.matching.RequestJudge;
import org.waybill.stage.acknowledgement.matching.Verdict;
import org.waybill.stage.acknowledgement.shelf.LogFile;
import org.waybill.stage.acknowledgement.shelf.LogShelf;

/**
 * The lines of one file behind a position, judged, in pieces that are recorded as one. While a piece is recorded, the next one
 * is read.
 */
final class LogPieces implements Closeable {

    private static final int KEPT_OF_A_LINE = 1000;
    private static final int FACTS_AT_MOST = 10_000; // of a piece, so that it stays small where all lines are facts

    private final String name;
    private final long streamId;
    private final LogHead head;
    private final Supplier<RequestJudge> judges;
    private final int linesAtMost;
    private final LogFile file;
    private final LogLines lines;
    private final Ahead<LogReading> pieces = new Ahead<>("log-reader", this::read);
    private long position;
    private final boolean isCompressed;
    private @Nullable RequestJudge judge;
    private boolean ended;
    private boolean readToTheEnd;

    /**
     * Opens a file.
     *
     * @param judges asked once the file is open, so that it knows what was placed before its last line
     * @param position up to where the log was read
     * @throws MalformedInputException if the file does not have it up to there
     */
    LogPieces(
            LogShelf shelf,
            String name,
            LogStream stream,
            LogHead head,
            AccessLogFormat format,
            Supplier<RequestJudge> judges,
            long position,
            int linesAtMost)
            throws IOException {
        this.name = name;
        this.streamId = stream.streamId();
        this.head = head;
        this.judges = judges;
        this.position = position;
        this.linesAtMost = linesAtMost;
        this.file = shelf.open(name);
        try {
            this.isCompressed = file.isCompressed();
            this.lines = LogLines.open(file, format, position);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    long streamId() {
        return streamId;
    }

    /** Whether nothing more can come of the log: all of a compressed file was read. */
    boolean isComplete() throws IOException {
        return readToTheEnd && isCompressed && isStillThere();
    }

    /** The next piece; null if there is none, for now. */
    @Nullable
    LogReading next() throws IOException {
        return pieces.next();
    }

    private @Nullable LogReading read() throws IOException {
        Tally tally = new Tally();
        while (!ended && tally.lines < linesAtMost && tally.facts.size() < FACTS_AT_MOST) {
            try {
                if (!lines.next()) {
                    ended = true;
                    readToTheEnd = true;
                    if (!isCompressed || !lines.takeRest()) {
                        break; // to what is not compressed, more may come
                    }
                }
            } catch (MalformedInputException e) {
                ended = true; // the lines before it stand
                break;
            }
            RequestJudge known = judge == null ? judges.get() : judge;
            judge = known;
            tally.add(known);
        }
        if (tally.lines == 0 || !isStillThere()) {
            ended = true;
            return null;
        }
        LogReading piece = tally.piece();
        position = piece.to();
        return piece;
    }

    /** Whether what was read was the log's: it was not cut before that, and nothing else written since. */
    private boolean isStillThere() throws IOException {
        try {
            return head.isOf(file.beginning()) && (isCompressed || file.size() >= lines.endOffset());
        } catch (MalformedInputException | NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        pieces.close();
        lines.close();
    }

    /** What can be kept as a text: neither control characters nor more than is useful. */
    static String shown(String text) {
        int end = Math.min(text.length(), KEPT_OF_A_LINE);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        StringBuilder shown = new StringBuilder(end);
        text.chars().limit(end).forEach(c -> shown.append(Character.isISOControl(c) ? '?' : (char) c));
        return shown.toString();
    }

    /** What became of the lines of a piece. */
    private final class Tally {
        private final List<LogReading.Request> facts = new ArrayList<>();
        private final Map<String, Long> ignored = new HashMap<>();
        private final List<LogReading.Unparseable> unparseable = new ArrayList<>();
        private @Nullable Instant lastAt;
        private long lines;

        void add(RequestJudge judge) {
            lines++;
            if (LogPieces.this.lines.line() instanceof AccessLogLine line) {
                lastAt = lastAt == null || line.time().isAfter(lastAt) ? line.time() : lastAt;
                judged(line, judge.judge(line));
            } else if (LogPieces.this.lines.line() instanceof Unparseable bad) {
                unparseable.add(new LogReading.Unparseable(
                        LogPieces.this.lines.offset(),
                        bad.fault().name(),
                        shown(LogPieces.this.lines.text(KEPT_OF_A_LINE))));
            }
        }

        private void judged(AccessLogLine line, Verdict verdict) {
            if (verdict instanceof Verdict.Counts counts) {
                facts.add(new LogReading.Request(
                        LogPieces.this.lines.offset(),
                        counts.placement().deliveryId(),
                        line.time(),
                        shown(line.client().orElse("")),
                        shown(line.user().orElse("")),
                        line.status(),
                        line.responseBytes(),
                        line.completion().name(),
                        counts.sent().orElse(null),
                        shown(line.etag().orElse("")),
                        shown(line.agent().orElse(""))));
            } else if (verdict instanceof Verdict.Ignored no) {
                ignored.merge(no.rule().name(), 1L, Long::sum);
            }
        }

        LogReading piece() {
            return new LogReading(
                    streamId,
                    name,
                    position,
                    LogPieces.this.lines.endOffset(),
                    lines,
                    facts,
                    ignored,
                    unparseable,
                    lastAt);
        }
    }
}
