-- When runs were to begin
-- psql -v since="now() - interval '24 hours'" -v until="now()" -f sql/report/schedules.sql
-- :since  schedules that were in force at this time or later
-- :until  and before this one
select route, target, stage, cron, zone, grace_seconds, configuration, began_at,
       case when ended_at < cast(:until as timestamptz) then ended_at end as ended_at
from schedule_history
where began_at < cast(:until as timestamptz)
  and (ended_at is null or ended_at >= cast(:since as timestamptz))
order by route, target, began_at;
