package org.waybill.run.history;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Forgets how old runs went, step by step: the tables of Spring Batch, the cuts into parts, the last progress. What was run,
 * what came of it, what was decided, and every file and event of the ledger stay.
 *
 * <p>Runs that need a person or can be restarted are kept whole. A purge that is interrupted goes on the next time.
 */
@Repository
public class Purge {

    private static final int RUNS_AT_ONCE = 5000; // in one transaction

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    public Purge(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transactions = new TransactionTemplate(transactions);
    }

    /** How many runs that ended before can be forgotten. */
    public long count(Instant before) {
        return jdbc.sql("select count(*) from forgettable_run where ended_at < :before")
                .param("before", Timestamp.from(before))
                .query(Long.class)
                .single();
    }

    /**
     * Forgets the steps of some of the runs that ended before, the oldest.
     *
     * @return how many runs that were; 0 if none is left
     */
    public int some(Instant before) {
        Integer forgotten = transactions.execute(status -> {
            List<Long> runs = jdbc.sql("""
                            select run_id from forgettable_run where ended_at < :before order by run_id limit :atOnce
                            """)
                    .param("before", Timestamp.from(before))
                    .param("atOnce", RUNS_AT_ONCE)
                    .query(Long.class)
                    .list();
            forget(runs.toArray(Long[]::new));
            return runs.size();
        });
        return forgotten == null ? 0 : forgotten;
    }

    private void forget(Long[] runs) {
        List<Long> instances =
                jdbc.sql("""
                        select distinct job_instance_id from batch_job_execution where job_execution_id = any (:runs)
                        """).param("runs", runs).query(Long.class).list();
        delete("""
                delete from batch_step_execution_context
                where step_execution_id in (select step_execution_id
                                            from batch_step_execution
                                            where job_execution_id = any (:ids))
                """, runs);
        delete("delete from batch_step_execution where job_execution_id = any (:ids)", runs);
        delete("delete from batch_job_execution_context where job_execution_id = any (:ids)", runs);
        delete("delete from batch_job_execution_params where job_execution_id = any (:ids)", runs);
        delete("delete from batch_job_execution where job_execution_id = any (:ids)", runs);
        delete("""
                delete from batch_job_instance i
                where i.job_instance_id = any (:ids)
                  and not exists (select from batch_job_execution e where e.job_instance_id = i.job_instance_id)
                """, instances.toArray(Long[]::new));
        delete("delete from part where launch_id in (select launch_id from run where run_id = any (:ids))", runs);
        delete("delete from run_progress where run_id = any (:ids)", runs);
    }

    private void delete(String sql, Long[] ids) {
        jdbc.sql(sql).param("ids", ids).update();
    }
}
