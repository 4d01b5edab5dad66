-- Differences: every file that is expected and not archived, or archived and not delivered to all
-- psql -v until="now()" -f sql/report/differences.sql
-- :until  files that were not archived, or that a recipient was to get and did not have, at this time; ages are counted up to it
-- What is missing from delivered has the state of its delivery, the most urgent one if there are several: HELD, else PENDING; or
-- ARCHIVED if nobody had looked yet who is to get it, in a route that delivers.
with standing as (
    select *
    from file_history
    where began_at < cast(:until as timestamptz)
      and (ended_at is null or ended_at >= cast(:until as timestamptz))
), consigned as (
    select *
    from delivery_history
    where began_at < cast(:until as timestamptz)
      and (ended_at is null or ended_at >= cast(:until as timestamptz))
), delivering as (
    select distinct route
    from run_history
    where stage = 'delivery'
      and started_at < cast(:until as timestamptz)
), short as (
    select k.route, k.file_id, k.path,
           case coalesce(s.held_state, s.state)
               when 'EXPECTED' then 'arrived'
               when 'ARRIVED' then 'processed'
               when 'PROCESSED' then 'archived'
               when 'ARCHIVED' then case when s.reason in ('RECIPIENT_UNKNOWN', 'RECIPIENT_AMBIGUOUS') then 'delivered' else 'archived' end
               end as missing_from,
           s.state, s.reason, s.began_at as since
    from known_file k
             left join standing s on s.file_id = k.file_id
    where k.expected_at < cast(:until as timestamptz)
      and s.state is distinct from 'ARCHIVED'
    union all
    (select distinct on (file_id) route, file_id, path, 'delivered', state, reason, began_at
     from consigned
     where state in ('PENDING', 'HELD')
     order by file_id, state, began_at) -- HELD comes before PENDING
    union all
    select s.route, s.file_id, s.path, 'delivered', s.state, null, s.began_at
    from standing s
             join delivering d on d.route = s.route
             join known_file k on k.file_id = s.file_id and k.duplicate_of is null
    where s.state = 'ARCHIVED'
      and not exists (select from consigned c where c.file_id = s.file_id)
)
select route, file_id, path, missing_from, state, reason, since,
       cast(extract(epoch from cast(:until as timestamptz) - since) as float8) as age_seconds
from short
order by route, state desc, file_id, missing_from;
