-- Datasets that are on their way, or moved in the time
-- psql -v since="now() - interval '24 hours'" -v until="now()" -f sql/report/datasets.sql
-- :since  datasets with a file that is not archived yet, or of which something happened at this time or later
-- :until  and before this one; counts and dates are those of this time
with standing as (
    select file_id, state, coalesce(held_state, state) as reached, began_at, arrived_at, processed_at
    from file_history
    where began_at < cast(:until as timestamptz)
      and (ended_at is null or ended_at >= cast(:until as timestamptz))
), published as (
    select dataset_id, file_id, max(published_at) as published_at
    from dataset_publication
    where published_at < cast(:until as timestamptz)
    group by dataset_id, file_id
), overview as (
    select m.dataset_id, m.route, m.dataset, m.requested_at,
           count(*) as files,
           count(*) filter (where s.arrived_at is not null) as arrived,
           count(*) filter (where s.processed_at is not null) as processed,
           count(*) filter (where s.state = 'ARCHIVED' and p.published_at >= s.began_at) as archived,
           count(*) filter (where s.state = 'QUARANTINED') as quarantined,
           count(*) filter (where s.state = 'EXPECTED') as missing,
           cast(coalesce(sum(v.plain_bytes), 0) as bigint) as plain_bytes,
           min(s.arrived_at) as first_arrival_at,
           max(s.arrived_at) as last_arrival_at,
           case when count(*) filter (where s.state in ('EXPECTED', 'ARRIVED', 'QUARANTINED')) = 0
                then max(s.processed_at) end as processing_ended_at,
           max(p.published_at) as last_published_at
    from dataset_member m
             left join standing s on s.file_id = m.file_id
             left join published p on p.dataset_id = m.dataset_id and p.file_id = m.file_id
             left join file_verification v on v.file_id = m.file_id and v.at = s.processed_at
    where m.requested_at < cast(:until as timestamptz)
    group by m.dataset_id, m.route, m.dataset, m.requested_at
)
select route, dataset, files, arrived, processed, archived, quarantined, missing, plain_bytes,
       requested_at, first_arrival_at, last_arrival_at, processing_ended_at
from overview
where archived < files
   or greatest(requested_at, last_arrival_at, processing_ended_at, last_published_at) >= cast(:since as timestamptz)
order by route, requested_at, dataset_id;
