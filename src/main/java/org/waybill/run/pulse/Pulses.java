package org.waybill.run.pulse;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What runs say of themselves while they run, and what they are asked. */
@Repository
public class Pulses {

    private final JdbcClient jdbc;
    private final InstantSource clock;

    public Pulses(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Begins to tell how far a run has come.
     *
     * @param stop called, maybe more than once and from another thread, when the run is asked to stop
     */
    public Pulse begin(long runId, Progress progress, Runnable stop) {
        return new Pulse(this, runId, progress, stop);
    }

    boolean isAskedToStop(long runId) {
        return jdbc.sql("select exists (select from run_progress where run_id = :run and stop_at is not null)")
                .param("run", runId)
                .query(Boolean.class)
                .single();
    }

    void tell(long runId, Progress progress) {
        jdbc.sql("""
                        insert into run_progress (run_id, files, bytes, total_files, total_bytes, seen_at)
                        values (:run, :files, :bytes, :totalFiles, :totalBytes, :now)
                        on conflict (run_id) do update
                            set files = excluded.files, bytes = excluded.bytes, total_files = excluded.total_files,
                                total_bytes = excluded.total_bytes, seen_at = excluded.seen_at
                        """)
                .param("run", runId)
                .param("files", progress.files())
                .param("bytes", progress.bytes())
                .param("totalFiles", progress.totalFiles())
                .param("totalBytes", progress.totalBytes())
                .param("now", now())
                .update();
    }

    /** How far a run had come when it last said so; all numbers as in {@link Progress}. */
    public record Reading(long files, long bytes, long totalFiles, long totalBytes) {}

    /** Empty: the run has said nothing yet. */
    public Optional<Reading> of(long runId) {
        return jdbc.sql("select files, bytes, total_files, total_bytes from run_progress where run_id = :run")
                .param("run", runId)
                .query(Reading.class)
                .optional();
    }

    /**
     * Asks a run to stop; it does within seconds, if its process lives.
     *
     * @param by user of the operating system
     */
    @Transactional
    public void askToStop(long runId, String by) {
        jdbc.sql("""
                        insert into run_progress (run_id, seen_at, stop_by, stop_at)
                        values (:run, :now, :by, :now)
                        on conflict (run_id) do update set stop_by = excluded.stop_by, stop_at = excluded.stop_at
                        """).param("run", runId).param("now", now()).param("by", by).update();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
