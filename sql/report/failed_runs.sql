-- Runs that failed
-- psql -v since="now() - interval '24 hours'" -v until="now()" -f sql/report/failed_runs.sql
-- :since  runs that ended, or were found dead, at this time or later
-- :until  and before this one
select r.run_id, r.route, r.stage, r.started_at, r.ended_at, r.message,
       exists (select
               from run_history later
               where later.route = r.route and later.stage = r.stage and later.run_id > r.run_id
                 and later.outcome = 'COMPLETED'
                 and later.ended_at < cast(:until as timestamptz)) as completed_since
from run_history r
where r.outcome = 'FAILED'
  and r.ended_at >= cast(:since as timestamptz)
  and r.ended_at < cast(:until as timestamptz)
order by r.run_id;
