package org.waybill.stage.acknowledgement.matching;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.waybill.format.accesslog.AccessLogLine;
import org.waybill.format.accesslog.range.SentPiece;
import org.waybill.ledger.receipt.LogReading.Piece;
import org.waybill.ledger.receipt.Placement;
import org.waybill.route.acknowledgement.AcknowledgementRoute;
import org.waybill.route.acknowledgement.LogSource;
import org.waybill.stage.acknowledgement.matching.Verdict.Counts;
import org.waybill.stage.acknowledgement.matching.Verdict.Ignored;
import org.waybill.stage.acknowledgement.matching.Verdict.Rule;

/** Judges the requests of one log. */
public final class RequestJudge {

    private static final int OK = 200;
    private static final int PARTIAL_CONTENT = 206;
    private static final Duration GRAIN = Duration.ofSeconds(1); // of the times in logs

    private final Map<String, List<Placement>> places;
    private final WhoCounts who;
    private final boolean tellsStart;

    /** @param placements those of the log's channel */
    public RequestJudge(AcknowledgementRoute route, LogSource log, List<Placement> placements) {
        this.places = new HashMap<>(
                placements.stream().collect(Collectors.groupingBy(placement -> log.urlPath() + placement.placedAs())));
        this.who = new WhoCounts(route);
        this.tellsStart = log.tellsStart();
    }

    public Verdict judge(AccessLogLine line) {
        if (line.method().isEmpty() || line.path().isEmpty()) {
            return new Ignored(Rule.NO_REQUEST);
        }
        if (!line.method().get().equals("GET")) {
            return new Ignored(Rule.OTHER_METHOD);
        }
        if (line.status() != OK && line.status() != PARTIAL_CONTENT) {
            return new Ignored(Rule.OTHER_STATUS);
        }
        List<Placement> there = places.get(line.path().get());
        if (there == null) {
            return new Ignored(Rule.OTHER_PATH);
        }
        Optional<Placement> then = there.stream()
                .filter(placement -> stood(placement, line.time()))
                .findFirst();
        if (then.isEmpty()) {
            return new Ignored(Rule.NOT_THERE_THEN);
        }
        Placement placement = then.get();
        Optional<Rule> against = who.against(line, placement.recipient());
        return against.isPresent() ? new Ignored(against.get()) : new Counts(placement, sent(placement, line));
    }

    /** Times are rounded down: a request of the second in which it was placed may have come before. */
    private static boolean stood(Placement placement, Instant time) {
        return !time.isBefore(placement.from()) && isBefore(time, placement.until());
    }

    private static boolean isBefore(Instant time, Optional<Instant> end) {
        return end.isEmpty() || !time.plus(GRAIN).isAfter(end.get());
    }

    private Optional<Piece> sent(Placement placement, AccessLogLine line) {
        boolean mayBeOther = !isBefore(line.time(), placement.sureUntil()) || (!tellsStart && placement.follows());
        if (mayBeOther
                || line.sentBytes().orElse(Long.MAX_VALUE)
                        < line.responseBytes().orElse(0)) {
            return Optional.empty();
        }
        return SentPiece.of(line)
                .filter(piece -> piece.version().sizeBytes() == placement.sizeBytes())
                .map(piece -> new Piece(piece.from(), piece.to()));
    }
}
