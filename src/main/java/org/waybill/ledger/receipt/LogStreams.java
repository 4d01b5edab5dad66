package org.waybill.ledger.receipt;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.accesslog.stream.LogHead;
import org.waybill.ledger.Stamp;

/** The logs of a route, and what was read of each. */
@Repository
public class LogStreams {

    private final JdbcClient jdbc;

    public LogStreams(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public List<LogStream> of(String route, String log) {
        return jdbc.sql("""
                        select stream_id, head_bytes, head_sha256, first_bytes, first_sha256, file_name, position, coalesce(last_at, began_at) as last_at,
                               whole_at is not null as is_whole, ended_as
                        from log_stream
                        where route = :route and log = :log
                        order by stream_id
                        """)
                .param("route", route)
                .param("log", log)
                .query((row, n) -> new LogStream(
                        row.getLong("stream_id"),
                        head(row, "head"),
                        head(row, "first"),
                        row.getString("file_name"),
                        row.getLong("position"),
                        row.getTimestamp("last_at").toInstant(),
                        row.getBoolean("is_whole"),
                        Optional.ofNullable(row.getString("ended_as"))))
                .list();
    }

    @Transactional
    public LogStream begin(String route, String log, LogHead head, LogHead first, String fileName, Instant at) {
        long id = jdbc.sql("""
                        insert into log_stream (route, log, head_sha256, head_bytes, first_sha256, first_bytes, file_name, began_at)
                        values (:route, :log, :sha256, :bytes, :first, :firstBytes, :file, :at)
                        returning stream_id
                        """)
                .param("route", route)
                .param("log", log)
                .param("sha256", head.sha256().hex())
                .param("bytes", head.bytes())
                .param("first", first.sha256().hex())
                .param("firstBytes", first.bytes())
                .param("file", fileName)
                .param("at", Timestamp.from(at))
                .query(Long.class)
                .single();
        return new LogStream(id, head, first, fileName, 0, at, false, Optional.empty());
    }

    private static LogHead head(ResultSet row, String which) throws SQLException {
        return new LogHead(
                row.getInt(which + "_bytes"), new Checksum(ChecksumAlgorithm.SHA256, row.getString(which + "_sha256")));
    }

    /** A log that was short is known by more of its beginning now. */
    @Transactional
    public void know(long streamId, LogHead head) {
        jdbc.sql("""
                        update log_stream set head_sha256 = :sha256, head_bytes = :bytes
                        where stream_id = :stream and head_bytes < :bytes
                        """)
                .param("stream", streamId)
                .param("sha256", head.sha256().hex())
                .param("bytes", head.bytes())
                .update();
    }

    /** Its compressed file was read to the end. */
    @Transactional
    public void compressed(long streamId) {
        jdbc.sql("update log_stream set ended_as = 'COMPRESSED' where stream_id = :stream and ended_as is null")
                .param("stream", streamId)
                .update();
    }

    /** It was seen, with nothing behind the position while a later log had lines, or otherwise. */
    @Transactional
    public void seen(LogStream stream, boolean isWhole, Instant at) {
        if (isWhole != stream.isWhole()) {
            jdbc.sql("update log_stream set whole_at = :at where stream_id = :stream")
                    .param("stream", stream.streamId())
                    .param("at", isWhole ? Timestamp.from(at) : null, Types.TIMESTAMP)
                    .update();
        }
    }

    /** No file has it any more, and it had been read to its end. */
    @Transactional
    public void rotated(LogStream stream) {
        jdbc.sql("update log_stream set ended_as = 'ROTATED' where stream_id = :stream and ended_as is null")
                .param("stream", stream.streamId())
                .update();
    }

    /** No file has it any more, or only a damaged one, and its end was not known. */
    @Transactional
    public void lost(LogStream stream, String why, Stamp stamp) {
        jdbc.sql("""
                        with lost as (update log_stream set ended_as = 'LOST'
                                      where stream_id = :stream and ended_as is null returning stream_id)
                        insert into log_gap (stream_id, from_at, to_at, why, run_id)
                        select stream_id, :from, greatest(:from::timestamptz, :to::timestamptz), :why, :run from lost
                        """)
                .param("stream", stream.streamId())
                .param("from", Timestamp.from(stream.lastAt()))
                .param("to", Timestamp.from(stamp.at()))
                .param("why", why)
                .param("run", stamp.runId())
                .update();
    }

    /** What a run read, each number counted by itself. */
    public Outcome outcome(long runId) {
        return jdbc.sql("""
                        with mine as (select stream_id, from_position, to_position, lines from log_reading where run_id = :run)
                        select coalesce(sum(lines), 0) as lines,
                               (select count(*)
                                from log_request q
                                         join mine m on q.stream_id = m.stream_id and q.line_offset >= m.from_position
                                                        and q.line_offset < m.to_position) as requests,
                               (select coalesce(sum(i.lines), 0)
                                from log_ignored i join mine using (stream_id, from_position)) as ignored,
                               (select count(*) from log_unparseable join mine using (stream_id, from_position)) as unparseable,
                               coalesce(sum(to_position - from_position), 0) as bytes
                        from mine
                        """).param("run", runId).query(Outcome.class).single();
    }

    /** @param bytes uncompressed */
    public record Outcome(long lines, long requests, long ignored, long unparseable, long bytes) {}
}
