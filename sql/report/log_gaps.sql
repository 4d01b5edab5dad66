-- Gaps in access logs: requests of that time may be missing
-- psql -v since="now() - interval '24 hours'" -v until="now()" -f sql/report/log_gaps.sql
-- :since  gaps that were noticed by runs that ended at this time or later
-- :until  and before this one
select route, log, from_at, to_at, why, run_id
from log_gap_history
where known_at >= cast(:since as timestamptz)
  and known_at < cast(:until as timestamptz)
order by route, log, from_at, stream_id;
