-- Differences: every file that is expected and not archived
-- psql -v until="now()" -f sql/report/differences.sql
-- :until  files that were not archived at this time; ages are counted up to it
with standing as (
    select *
    from file_history
    where began_at < cast(:until as timestamptz)
      and (ended_at is null or ended_at >= cast(:until as timestamptz))
)
select k.route, k.file_id, k.path,
       case coalesce(s.held_state, s.state)
           when 'EXPECTED' then 'arrived'
           when 'ARRIVED' then 'processed'
           when 'PROCESSED' then 'archived'
           when 'ARCHIVED' then 'archived' end as missing_from,
       s.state, s.reason, s.began_at as since,
       cast(extract(epoch from cast(:until as timestamptz) - s.began_at) as float8) as age_seconds
from known_file k
         left join standing s on s.file_id = k.file_id
where k.expected_at < cast(:until as timestamptz)
  and s.state is distinct from 'ARCHIVED'
order by k.route, s.state desc, k.file_id;
