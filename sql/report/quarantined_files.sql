-- Failures of files: in quarantine, by reason and age
-- psql -v until="now()" -f sql/report/quarantined_files.sql
-- :until  files that were there at this time; ages are counted up to it
-- A file of which a person has decided, by files acknowledge or abandon, is counted, but not under undecided.
with quarantined as (
    select m.file_id, m.route, m.reason, m.at as since,
           cast(extract(epoch from cast(:until as timestamptz) - m.at) as float8) as age_seconds,
           (select case when d.until is null or d.until >= cast(:until as timestamptz) then d.kind end
            from decision d
            where d.event_id = m.event_id and d.decided_at < cast(:until as timestamptz)
            order by d.decision_id desc
            limit 1) as decision
    from file_move m
    where m.to_state = 'QUARANTINED'
      and m.at < cast(:until as timestamptz)
      and not exists (select
                      from file_move later
                      where later.file_id = m.file_id and later.event_id > m.event_id
                        and later.at < cast(:until as timestamptz))
)
select route, reason, count(*) as files,
       min(since) as oldest_since,
       max(age_seconds) as oldest_age_seconds,
       min(age_seconds) as newest_age_seconds,
       (array_agg(file_id order by decision nulls first, since, file_id))[1] as oldest_file_id,
       count(*) filter (where age_seconds < 86400) as within_a_day,
       count(*) filter (where age_seconds >= 86400 and age_seconds < 604800) as within_a_week,
       count(*) filter (where age_seconds >= 604800) as older,
       count(*) filter (where decision is null) as undecided
from quarantined
group by route, reason
order by route, files desc, reason;
