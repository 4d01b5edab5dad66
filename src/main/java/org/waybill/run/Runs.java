package org.waybill.run;

import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.waybill.run.pulse.Pulses;

/** The record of what was asked for and what came of it. */
@Repository
public class Runs {

    private final JdbcClient jdbc;
    private final Pulses pulses;

    public Runs(JdbcClient jdbc, Pulses pulses) {
        this.jdbc = jdbc;
        this.pulses = pulses;
    }

    /** Records what is asked for; the identity of the Spring Batch job instance. */
    @Transactional
    long launch(Order order, Instant at) {
        return jdbc.sql("""
                        insert into launch (route, stage, dataset, files, followed_by, launched_at, launched_by)
                        values (:route, :stage, :dataset, :files::text[], :followedBy::text[], :at, :by)
                        returning launch_id
                        """)
                .param("route", order.route().name())
                .param("stage", order.stage().label())
                .param("dataset", order.selection().dataset())
                .param("files", order.selection().pathsOrNull())
                .param(
                        "followedBy",
                        order.followedBy().stream().map(Stage::label).toArray(String[]::new))
                .param("at", Timestamp.from(at))
                .param("by", System.getProperty("user.name", "unknown"))
                .query(Long.class)
                .single();
    }

    /**
     * Records that a run starts, and lets it feel its pulse from now on.
     *
     * @param machine as {@link StageContract#machine()} says
     * @param program version of Waybill
     */
    @Transactional
    public void start(StageRun run, String machine, String program, Instant at) {
        jdbc.sql("""
                        insert into run (run_id, launch_id, route, stage, fence, status, started_at, machine, configuration,
                                         program, java, database)
                        values (:run, :launch, :route, :stage, :fence, 'STARTED', :at, :machine, :configuration,
                                :program, :java, current_setting('server_version'))
                        """)
                .param("run", run.runId())
                .param("launch", run.launchId())
                .param("route", run.route().name())
                .param("stage", run.stage().label())
                .param("fence", run.fence())
                .param("machine", machine)
                .param("configuration", run.route().sha256())
                .param("program", program)
                .param("java", Runtime.version().toString())
                .param("at", Timestamp.from(at))
                .update();
        run.feelPulse(pulses);
    }

    /** The newest run of a launch. */
    long lastOf(long launchId) {
        return jdbc.sql("select max(run_id) from run where launch_id = :launch")
                .param("launch", launchId)
                .query(Long.class)
                .single();
    }

    /** Records how much a run has to do, as it begins with it. */
    @Transactional
    public void found(long runId, long found) {
        jdbc.sql("update run set found = :found where run_id = :run")
                .param("found", found)
                .param("run", runId)
                .update();
    }

    /** Records what came of a run so far. */
    @Transactional
    public void count(long runId, Counts counts) {
        jdbc.sql("""
                        update run
                        set found = :found, done = :done, quarantined = :quarantined, skipped = :skipped,
                            pending = :pending, bytes = :bytes
                        where run_id = :run
                        """)
                .param("found", counts.found())
                .param("done", counts.done())
                .param("quarantined", counts.quarantined())
                .param("skipped", counts.skipped())
                .param("pending", counts.pending())
                .param("bytes", counts.bytes())
                .param("run", runId)
                .update();
    }

    /** What was recorded last of what came of a run. */
    public Counts counts(long runId) {
        return jdbc.sql("select found, done, quarantined, skipped, pending, bytes from run where run_id = :run")
                .param("run", runId)
                .query(Counts.class)
                .single();
    }

    /** Records how a run ended, unless that is known already. */
    @Transactional
    void end(long runId, StageResult.Status status, @Nullable String message, Instant at) {
        jdbc.sql("""
                        update run
                        set status = :status, message = :message, ended_at = :at
                        where run_id = :run and status = 'STARTED'
                        """)
                .param("status", status.name())
                .param("message", message)
                .param("at", Timestamp.from(at))
                .param("run", runId)
                .update();
    }
}
