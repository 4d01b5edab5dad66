-- Which versions and configurations the runs were made with
-- psql -v since="now() - interval '24 hours'" -v until="now()" -f sql/report/versions.sql
-- :since  runs that started at this time or later
-- :until  and before this one
select route, configuration, nullif(program, '') as program, nullif(java, '') as java, nullif(database, '') as database,
       count(*) as runs, min(run_id) as first_run_id, max(run_id) as last_run_id
from run_history
where started_at >= cast(:since as timestamptz)
  and started_at < cast(:until as timestamptz)
group by route, configuration, program, java, database
order by route, first_run_id;
