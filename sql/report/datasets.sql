-- Datasets that are on their way, or moved in the time
-- psql -v since="now() - interval '24 hours'" -v until="now()" -f sql/report/datasets.sql
-- :since  datasets with a file that is not archived yet, or of which something happened at this time or later
-- :until  and before this one
select route, name as dataset, files, arrived, processed, archived, quarantined, missing, plain_bytes,
       requested_at, first_arrival_at, last_arrival_at, processing_ended_at
from dataset_overview
where archived < files
   or (greatest(requested_at, last_arrival_at, processing_ended_at) >= cast(:since as timestamptz)
       and requested_at < cast(:until as timestamptz))
order by route, requested_at, dataset_id;
