-- Runs by stage
-- psql -v since="now() - interval '24 hours'" -v until="now()" -f sql/report/runs_by_stage.sql
-- :since  runs that started at this time or later
-- :until  and before this one; a run that has not ended is counted up to here
with timed as (
    select r.*,
           cast(extract(epoch from coalesce(ended_at, cast(:until as timestamptz)) - started_at) as float8) as seconds
    from run r
    where started_at >= cast(:since as timestamptz)
      and started_at < cast(:until as timestamptz)
)
select route, stage, count(*) as runs,
       count(*) filter (where status = 'COMPLETED') as completed,
       count(*) filter (where status = 'FAILED') as failed,
       count(*) filter (where status = 'STOPPED') as stopped,
       count(*) filter (where status = 'STARTED') as running,
       cast(sum(done) as bigint) as done,
       cast(sum(quarantined) as bigint) as quarantined,
       cast(sum(skipped) as bigint) as skipped,
       cast(sum(bytes) as bigint) as bytes,
       sum(seconds) as seconds,
       cast(sum(bytes) / nullif(sum(seconds) filter (where bytes > 0), 0) as bigint) as bytes_per_second
from timed
group by route, stage
order by route, min(run_id);
