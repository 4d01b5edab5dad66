-- Files in quarantine
-- psql -v until="now()" -f sql/report/quarantined_files.sql
-- :until  ages are counted up to this time; the files are those that are there now
with quarantined as (
    select f.file_id, f.route, f.reason,
           (select max(e.at) from file_event e where e.file_id = f.file_id and e.to_state = 'QUARANTINED') as since
    from data_file f
    where f.state = 'QUARANTINED'
)
select route, reason, count(*) as files,
       min(since) as oldest_since,
       cast(extract(epoch from cast(:until as timestamptz) - min(since)) as float8) as oldest_age_seconds,
       cast(extract(epoch from cast(:until as timestamptz) - max(since)) as float8) as newest_age_seconds,
       (array_agg(file_id order by since, file_id))[1] as oldest_file_id
from quarantined
group by route, reason
order by route, files desc, reason;
