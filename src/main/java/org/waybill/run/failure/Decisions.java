package org.waybill.run.failure;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Records what people decide about failures. */
@Repository
public class Decisions {

    private final JdbcClient jdbc;
    private final InstantSource clock;

    public Decisions(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What a person says.
     *
     * @param why in their words
     * @param by user of the operating system
     * @param until when an acknowledgement ends; null: never
     */
    public record Verdict(String why, String by, @Nullable Instant until) {}

    /**
     * The state of a run in the failure ledger: of its failure, or else of a log that it found lost; empty if it is there for
     * neither, or there is no such run.
     */
    public Optional<String> stateOfRun(long runId) {
        return jdbc.sql("""
                        select state from run_failure where run_id = :run
                        union all
                        select min(state) from log_gap_failure where run_id = :run having count(*) > 0
                        limit 1
                        """).param("run", runId).query(String.class).optional();
    }

    /**
     * Says that a failed run, or that a log which it found lost, is known, and needs nobody until a time.
     *
     * @return whether it was open or acknowledged
     */
    @Transactional
    public boolean acknowledgeRun(long runId, Verdict verdict) {
        return decide("ACKNOWLEDGED", verdict, """
                insert into decision (run_id, kind, why, decided_by, decided_at, until)
                select distinct run_id, :kind, :why, :by, :at::timestamptz, :until::timestamptz
                from (select run_id, state from run_failure
                      union all
                      select run_id, state from log_gap_failure) failure
                where run_id = :subject and state in ('OPEN', 'ACKNOWLEDGED')
                """, runId);
    }

    /**
     * Says that a run that failed or was stopped will never be restarted. Only for who knows that it is not alive.
     *
     * @return whether it had failed or was stopped
     */
    @Transactional
    public boolean abandonRun(long runId, Verdict verdict) {
        int abandoned = jdbc.sql(
                        "update run set status = 'ABANDONED' where run_id = :run and status in ('FAILED', 'STOPPED')")
                .param("run", runId)
                .update();
        if (abandoned == 0) {
            return false;
        }
        jdbc.sql("""
                        update batch_job_execution
                        set status = 'ABANDONED', version = version + 1, last_updated = localtimestamp
                        where job_execution_id = :run
                        """).param("run", runId).update();
        return decide("ABANDONED", verdict, """
                insert into decision (run_id, kind, why, decided_by, decided_at, until)
                values (:subject, :kind, :why, :by, :at, :until::timestamptz)
                """, runId);
    }

    /** Says that a quarantined file is known, and needs nobody until a time. @return whether it is in quarantine */
    @Transactional
    public boolean acknowledgeFile(long fileId, Verdict verdict) {
        return decideOnFile("ACKNOWLEDGED", verdict, fileId);
    }

    /** Says that a quarantined file will stay there. @return whether it is in quarantine */
    @Transactional
    public boolean abandonFile(long fileId, Verdict verdict) {
        return decideOnFile("ABANDONED", verdict, fileId);
    }

    private boolean decideOnFile(String kind, Verdict verdict, long fileId) {
        return decide(kind, verdict, """
                insert into decision (event_id, kind, why, decided_by, decided_at, until)
                select event_id, :kind, :why, :by, :at, :until::timestamptz
                from file_failure
                where file_id = :subject and state <> 'SUPERSEDED'
                """, fileId);
    }

    private boolean decide(String kind, Verdict verdict, String insert, long subject) {
        Instant until = verdict.until();
        return jdbc.sql(insert)
                        .param("subject", subject)
                        .param("kind", kind)
                        .param("why", verdict.why())
                        .param("by", verdict.by())
                        .param("at", Timestamp.from(clock.instant()))
                        .param("until", until == null ? null : until.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }
}
