package org.waybill.ledger.receipt;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.waybill.ledger.Stamp;
import org.waybill.ledger.receipt.LogReading.Request;
import org.waybill.ledger.receipt.LogReading.Unparseable;

/** Records pieces of logs, each once. */
@Repository
public class LogReadings {

    private final JdbcClient jdbc;

    public LogReadings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Records a piece and moves the position of its log behind it.
     *
     * @throws IllegalStateException if the log was not read up to just there: somebody else read it
     */
    @Transactional
    public void add(LogReading piece, Stamp stamp) {
        int moved = jdbc.sql("""
                        update log_stream
                        set position = :to, file_name = :file,
                            last_at = greatest(last_at, coalesce(:last::timestamptz, last_at))
                        where stream_id = :stream and position = :from
                        """)
                .param("to", piece.to())
                .param("file", piece.fileName())
                .param(
                        "last",
                        Optional.ofNullable(piece.lastAt())
                                .map(Object::toString)
                                .orElse(null))
                .param("stream", piece.streamId())
                .param("from", piece.from())
                .update();
        if (moved != 1) {
            throw new IllegalStateException("expected log " + piece.streamId() + " read up to byte " + piece.from()
                    + ", found another position: somebody else read it meanwhile");
        }
        jdbc.sql("""
                        insert into log_reading (stream_id, from_position, to_position, run_id, lines)
                        values (:stream, :from, :to, :run, :lines)
                        """)
                .param("stream", piece.streamId())
                .param("from", piece.from())
                .param("to", piece.to())
                .param("run", stamp.runId())
                .param("lines", piece.lines())
                .update();
        ignored(piece);
        unparseable(piece, piece.unparseable());
        requests(piece, piece.requests());
    }

    private void ignored(LogReading piece) {
        List<Map.Entry<String, Long>> rules = List.copyOf(piece.ignored().entrySet());
        if (!rules.isEmpty()) {
            of(piece, """
                            insert into log_ignored (stream_id, from_position, rule, lines)
                            select :stream, :from, rule, lines from unnest(:rules::text[], :lines::bigint[]) as r (rule, lines)
                            """)
                    .param("rules", texts(rules, Map.Entry::getKey))
                    .param("lines", numbers(rules, Map.Entry::getValue))
                    .update();
        }
    }

    private void unparseable(LogReading piece, List<Unparseable> lines) {
        if (!lines.isEmpty()) {
            of(piece, """
                            insert into log_unparseable (stream_id, line_offset, from_position, fault, line)
                            select :stream, line_offset, :from, fault, line
                            from unnest(:offsets::bigint[], :faults::text[], :lines::text[]) as l (line_offset, fault, line)
                            """)
                    .param("offsets", numbers(lines, Unparseable::offset))
                    .param("faults", texts(lines, Unparseable::fault))
                    .param("lines", texts(lines, Unparseable::line))
                    .update();
        }
    }

    private void requests(LogReading piece, List<Request> requests) {
        if (!requests.isEmpty()) {
            of(piece, """
                            insert into log_request (stream_id, line_offset, from_position, delivery_id, at, client, user_name,
                                                     status, response_bytes, completion, piece_from, piece_to, etag, agent)
                            select :stream, unnest(:offsets::bigint[]), :from, unnest(:deliveries::bigint[]),
                                   'epoch'::timestamptz + unnest(:times::bigint[]) * interval '1 microsecond',
                                   unnest(:clients::text[]), unnest(:users::text[]), unnest(:statuses::int[]),
                                   unnest(:sizes::bigint[]), unnest(:completions::text[]),
                                   unnest(:pieceFroms::bigint[]), unnest(:pieceTos::bigint[]), unnest(:etags::text[]),
                                   unnest(:agents::text[])
                            """)
                    .param("offsets", numbers(requests, Request::offset))
                    .param("deliveries", numbers(requests, Request::deliveryId))
                    .param("times", numbers(requests, Request::atMicros))
                    .param("clients", texts(requests, Request::client))
                    .param("users", texts(requests, Request::user))
                    .param(
                            "statuses",
                            requests.stream().mapToInt(Request::status).toArray())
                    .param(
                            "sizes",
                            boxed(
                                    requests,
                                    r -> r.responseBytes().isPresent()
                                            ? r.responseBytes().getAsLong()
                                            : null))
                    .param("completions", texts(requests, Request::completion))
                    .param(
                            "pieceFroms",
                            boxed(
                                    requests,
                                    r -> r.piece() == null ? null : r.piece().from()))
                    .param(
                            "pieceTos",
                            boxed(
                                    requests,
                                    r -> r.piece() == null ? null : r.piece().to()))
                    .param("etags", texts(requests, Request::etag))
                    .param("agents", texts(requests, Request::agent))
                    .update();
        }
    }

    private JdbcClient.StatementSpec of(LogReading piece, String sql) {
        return jdbc.sql(sql).param("stream", piece.streamId()).param("from", piece.from());
    }

    private static <T> String[] texts(List<T> rows, Function<T, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    private static <T> long[] numbers(List<T> rows, ToLongFunction<T> column) {
        return rows.stream().mapToLong(column).toArray();
    }

    private static <T> Long[] boxed(List<T> rows, Function<T, @Nullable Long> column) {
        return rows.stream().map(column).toArray(Long[]::new);
    }
}
