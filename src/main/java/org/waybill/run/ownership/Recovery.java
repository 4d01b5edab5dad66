package org.waybill.run.ownership;

import java.sql.Timestamp;
import java.time.InstantSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Ends the runs that died. Only the owner of a stage may call this: that it could take the ownership is the proof that
 * they are dead.
 */
@Component
public class Recovery {

    private final JdbcClient jdbc;
    private final InstantSource clock;

    public Recovery(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Marks dead executions of a stage FAILED, and what steps are left of those that could not tell the end of each: a
     * database that was away for a moment may have missed it. Both make a run restartable. Raising the versions keeps a run
     * that only seemed dead from writing on.
     */
    @Transactional
    public void recover(String route, String stage) {
        end("batch_job_execution", route, stage);
        end("batch_step_execution", route, stage);
        endLateRecords(route, stage);
    }

    private void end(String table, String route, String stage) {
        jdbc.sql("""
                        update %s as dead
                        set status = 'FAILED', exit_code = 'FAILED', exit_message = 'found dead', end_time = localtimestamp,
                            last_updated = localtimestamp, version = version + 1
                        where status in ('STARTING', 'STARTED', 'STOPPING', 'UNKNOWN')
                          and exists (select
                                      from batch_job_execution e
                                               join batch_job_instance i on i.job_instance_id = e.job_instance_id
                                               join batch_job_execution_params p
                                                    on p.job_execution_id = e.job_execution_id
                                      where e.job_execution_id = dead.job_execution_id and i.job_name = :stage
                                        and p.parameter_name = 'route' and p.parameter_value = :route)
                        """.formatted(table))
                .param("stage", stage)
                .param("route", route)
                .update();
    }

    /** A run can die after its job ended and before our own record of it did: then the job's word counts. */
    private void endLateRecords(String route, String stage) {
        jdbc.sql("""
                        update run r
                        set status   = case when e.status in ('COMPLETED', 'STOPPED') then e.status else 'FAILED' end,
                            message  = case when e.status in ('COMPLETED', 'STOPPED') then null
                                            else 'the process died; found dead by the next run' end,
                            ended_at = :now
                        from batch_job_execution e
                        where e.job_execution_id = r.run_id and r.status = 'STARTED'
                          and r.route = :route and r.stage = :stage
                        """)
                .param("now", Timestamp.from(clock.instant()))
                .param("route", route)
                .param("stage", stage)
                .update();
    }
}
