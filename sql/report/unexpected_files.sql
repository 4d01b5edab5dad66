-- Files in incoming folders that will not be taken
-- psql -v until="now()" -f sql/report/unexpected_files.sql
-- :until  ages are counted up to this time; the files are those that were seen in the last look
select route, path, size_bytes, first_seen_at,
       cast(extract(epoch from cast(:until as timestamptz) - first_seen_at) as float8) as age_seconds, reason
from unexpected_file
order by route, first_seen_at, path;
