-- A run looks for steps that ended without a record of it, before each start: it must not read all that ever were.
create index batch_step_execution_unended on batch_step_execution (job_execution_id)
    where status in ('STARTING', 'STARTED', 'STOPPING', 'UNKNOWN');
