-- The ten slowest runs
-- psql -v since="now() - interval '24 hours'" -v until="now()" -f sql/report/slowest_runs.sql
-- :since  runs that ended at this time or later
-- :until  and before this one
select run_id, route, stage, outcome, started_at, seconds, done, bytes,
       cast(case when bytes > 0 and seconds > 0 then bytes / seconds end as bigint) as bytes_per_second
from run_history
where ended_at >= cast(:since as timestamptz)
  and ended_at < cast(:until as timestamptz)
order by run_history.seconds desc, run_id
limit 10;
