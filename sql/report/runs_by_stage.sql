-- Runs by stage
-- psql -v since="now() - interval '24 hours'" -v until="now()" -f sql/report/runs_by_stage.sql
-- :since  runs that ended at this time or later
-- :until  and before this one; a run that had not ended is counted, up to here, and what it had done is not
with timed as (
    select *,
           (ended_at is null or ended_at >= cast(:until as timestamptz)) as running,
           extract(epoch from least(ended_at, cast(:until as timestamptz)) - started_at) as numeric_seconds
    from run_history
    where started_at < cast(:until as timestamptz)
      and (ended_at is null or ended_at >= cast(:since as timestamptz))
)
select route, stage, count(*) as runs,
       count(*) filter (where not running and outcome = 'COMPLETED') as completed,
       count(*) filter (where not running and outcome = 'FAILED') as failed,
       count(*) filter (where not running and outcome = 'STOPPED') as stopped,
       count(*) filter (where running) as running,
       cast(coalesce(sum(done) filter (where not running), 0) as bigint) as done,
       cast(coalesce(sum(quarantined) filter (where not running), 0) as bigint) as quarantined,
       cast(coalesce(sum(skipped) filter (where not running), 0) as bigint) as skipped,
       cast(coalesce(sum(bytes) filter (where not running), 0) as bigint) as bytes,
       cast(sum(numeric_seconds) as float8) as seconds,
       cast(sum(bytes) filter (where not running)
                / nullif(sum(numeric_seconds) filter (where not running and bytes > 0), 0) as bigint) as bytes_per_second
from timed
group by route, stage
order by route, min(run_id);
