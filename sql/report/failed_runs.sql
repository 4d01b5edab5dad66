-- Runs that failed
-- psql -v since="now() - interval '24 hours'" -v until="now()" -f sql/report/failed_runs.sql
-- :since  runs that started at this time or later
-- :until  and before this one
select r.run_id, r.route, r.stage, r.started_at, r.ended_at, r.message,
       exists (select
               from run later
               where later.route = r.route and later.stage = r.stage and later.run_id > r.run_id
                 and later.status = 'COMPLETED') as completed_since
from run r
where r.status = 'FAILED'
  and r.started_at >= cast(:since as timestamptz)
  and r.started_at < cast(:until as timestamptz)
order by r.run_id;
