-- The ten files that took longest from arrival to archive
-- psql -v since="now() - interval '24 hours'" -v until="now()" -f sql/report/slowest_files.sql
-- :since  files that were archived at this time or later
-- :until  and before this one
with way as (
    select route, file_id, path,
           max(at) filter (where from_state = 'EXPECTED' and to_state = 'ARRIVED') as arrived_at,
           max(at) filter (where from_state = 'ARRIVED' and to_state = 'PROCESSED') as processed_at,
           max(at) filter (where from_state = 'PROCESSED' and to_state = 'ARCHIVED') as archived_at
    from file_move
    where at < cast(:until as timestamptz)
    group by route, file_id, path
)
select route, file_id, path, arrived_at, processed_at, archived_at,
       cast(extract(epoch from archived_at - arrived_at) as float8) as seconds
from way
where archived_at >= cast(:since as timestamptz)
  and arrived_at <= archived_at
order by archived_at - arrived_at desc, file_id
limit 10;
