-- Runs that failed
-- psql -v since="now() - interval '24 hours'" -v until="now()" -f sql/report/failed_runs.sql
-- :since  runs that ended, or were found dead, at this time or later
-- :until  and before this one; what completed, and what people decided, until then
select r.run_id, r.route, r.stage, r.started_at, r.ended_at, r.message,
       exists (select
               from run_history later
               where later.route = r.route and later.stage = r.stage and later.run_id > r.run_id
                 and later.outcome = 'COMPLETED'
                 and later.ended_at < cast(:until as timestamptz)
                 and (later.launch_id = r.launch_id
                   or (later.dataset is null or later.dataset = r.dataset)
                          and (later.files is null or later.files = r.files))) as completed_since,
       (select case when d.until is null or d.until >= cast(:until as timestamptz) then d.kind end
        from decision d
        where d.run_id = r.run_id and d.decided_at < cast(:until as timestamptz)
        order by d.decision_id desc
        limit 1) as decision
from run_history r
where r.outcome = 'FAILED'
  and r.ended_at >= cast(:since as timestamptz)
  and r.ended_at < cast(:until as timestamptz)
order by r.run_id;
