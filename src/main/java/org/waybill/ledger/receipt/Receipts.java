package org.waybill.ledger.receipt;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.waybill.format.accesslog.range.ByteRanges;
import org.waybill.ledger.Stamp;
import org.waybill.ledger.receipt.LogReading.Request;

/** What the requests and acknowledgements of recipients prove. */
@Repository
public class Receipts {

    private final JdbcClient jdbc;

    public Receipts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Piece(
            long deliveryId, String reader, String etag, long from, long to, long size, long streamId, long offset) {}

    /**
     * Draws the conclusions from the requests of a piece of a log, together with those before. To be called in the transaction
     * that recorded the piece.
     */
    @Transactional
    public void conclude(LogReading reading, Stamp stamp) {
        if (reading.requests().isEmpty()) {
            return;
        }
        askedFor(reading, stamp);
        Map<String, ByteRanges> unions = new HashMap<>();
        Map<Long, Piece> last = new LinkedHashMap<>();
        for (Piece piece : unproved(reading)) {
            if (last.containsKey(piece.deliveryId)) {
                continue;
            }
            ByteRanges union = isStrong(piece.etag)
                    ? unions.computeIfAbsent(
                            piece.deliveryId + "\n" + piece.etag + "\n" + piece.reader,
                            any -> new ByteRanges(piece.size))
                    : new ByteRanges(piece.size); // by itself: the server does not say that others are of this content
            union.add(piece.from, piece.to);
            if (union.isWhole()) {
                last.put(piece.deliveryId, piece);
            }
        }
        sentInFull(last.values(), stamp);
    }

    private void askedFor(LogReading reading, Stamp stamp) {
        Map<Long, Request> first = new HashMap<>();
        reading.requests()
                .forEach(request -> first.merge(
                        request.deliveryId(),
                        request,
                        (one, other) -> other.at().isBefore(one.at()) ? other : one));
        List<Request> requests = List.copyOf(first.values());
        jdbc.sql("""
                        insert into receipt (delivery_id, rung, at, stream_id, line_offset, run_id)
                        select delivery_id, 'P1', 'epoch'::timestamptz + micros * interval '1 microsecond', :stream,
                               line_offset, :run
                        from unnest(:deliveries::bigint[], :times::bigint[], :offsets::bigint[])
                                 as r (delivery_id, micros, line_offset)
                        on conflict do nothing
                        """)
                .param("stream", reading.streamId())
                .param("run", stamp.runId())
                .param(
                        "deliveries",
                        requests.stream().mapToLong(Request::deliveryId).toArray())
                .param("times", requests.stream().mapToLong(Request::atMicros).toArray())
                .param("offsets", requests.stream().mapToLong(Request::offset).toArray())
                .update();
    }

    /**
     * The pieces of the deliveries that the reading touched and that are not proved to be sent in full. Pieces are of one
     * reader: a user, or an address where nobody is logged in; what two of them have each in part, nobody has.
     */
    private List<Piece> unproved(LogReading reading) {
        List<Long> touched = jdbc.sql("""
                        select t.delivery_id from unnest(:deliveries::bigint[]) as t (delivery_id)
                        where not exists (select from receipt p where p.delivery_id = t.delivery_id and p.rung = 'P2')
                        """)
                .param(
                        "deliveries",
                        reading.requests().stream()
                                .filter(request -> request.piece() != null)
                                .mapToLong(Request::deliveryId)
                                .distinct()
                                .toArray())
                .query(Long.class)
                .list();
        if (touched.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                        select r.delivery_id, r.etag, r.piece_from, r.piece_to, d.size_bytes, r.stream_id, r.line_offset,
                               case when r.user_name = '' then 'at ' || r.client else 'as ' || r.user_name end as reader
                        from log_request r
                                 join delivery d using (delivery_id)
                        where r.delivery_id = any (:deliveries::bigint[]) and r.piece_from is not null
                        order by r.delivery_id, r.at, r.stream_id, r.line_offset
                        """)
                .param("deliveries", touched.stream().mapToLong(Long::longValue).toArray())
                .query((row, n) -> new Piece(
                        row.getLong("delivery_id"),
                        row.getString("reader"),
                        row.getString("etag"),
                        row.getLong("piece_from"),
                        row.getLong("piece_to"),
                        row.getLong("size_bytes"),
                        row.getLong("stream_id"),
                        row.getLong("line_offset")))
                .list();
    }

    private static boolean isStrong(String etag) {
        return etag.startsWith("\"");
    }

    /** @param last of each delivery the piece that made it whole */
    private void sentInFull(Collection<Piece> last, Stamp stamp) {
        if (last.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into receipt (delivery_id, rung, at, stream_id, line_offset, run_id)
                        select delivery_id, 'P2', at, stream_id, line_offset, :run
                        from log_request
                                 join unnest(:streams::bigint[], :offsets::bigint[]) as l (stream_id, line_offset)
                                      using (stream_id, line_offset)
                        on conflict do nothing
                        """)
                .param("run", stamp.runId())
                .param("streams", last.stream().mapToLong(Piece::streamId).toArray())
                .param("offsets", last.stream().mapToLong(Piece::offset).toArray())
                .update();
    }
}
