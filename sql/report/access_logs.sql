-- Access logs: lines read, and what they are
-- psql -v since="now() - interval '24 hours'" -v until="now()" -f sql/report/access_logs.sql
-- :since  lines that were read by runs that ended at this time or later
-- :until  and before this one
-- lines = requests + ignored + unparseable. Requests are those of recipients for what was delivered to them.
select route, log,
       cast(sum(lines) as bigint) as lines,
       cast(sum(requests) as bigint) as requests,
       cast(sum(ignored) as bigint) as ignored,
       cast(sum(unparseable) as bigint) as unparseable,
       cast(sum(to_position - from_position) as bigint) as bytes
from log_reading_history
where known_at >= cast(:since as timestamptz)
  and known_at < cast(:until as timestamptz)
group by route, log
order by route, log;
