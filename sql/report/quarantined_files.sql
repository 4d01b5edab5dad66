-- Failures of files: in quarantine, by reason and age
-- psql -v until="now()" -f sql/report/quarantined_files.sql
-- :until  files that were there at this time; ages are counted up to it
with ever as (
    select distinct file_id
    from file_move
    where to_state = 'QUARANTINED' and at < cast(:until as timestamptz)
), quarantined as (
    select h.file_id, h.route, h.reason, h.began_at as since,
           cast(extract(epoch from cast(:until as timestamptz) - h.began_at) as float8) as age_seconds
    from ever
             cross join lateral (select * from file_history where file_id = ever.file_id) h
    where h.state = 'QUARANTINED'
      and h.began_at < cast(:until as timestamptz)
      and (h.ended_at is null or h.ended_at >= cast(:until as timestamptz))
)
select route, reason, count(*) as files,
       min(since) as oldest_since,
       max(age_seconds) as oldest_age_seconds,
       min(age_seconds) as newest_age_seconds,
       (array_agg(file_id order by since, file_id))[1] as oldest_file_id,
       count(*) filter (where age_seconds < 86400) as within_a_day,
       count(*) filter (where age_seconds >= 86400 and age_seconds < 604800) as within_a_week,
       count(*) filter (where age_seconds >= 604800) as older
from quarantined
group by route, reason
order by route, files desc, reason;
