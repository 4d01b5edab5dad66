-- Manifests with rejected rows, in conflict or unreadable
-- psql -v since="now() - interval '24 hours'" -v until="now()" -f sql/report/manifests_with_rejects.sql
-- :since  manifests that were read at this time or later
-- :until  and before this one
select route, manifest, seen_at, outcome, line, fault, detail
from manifest_fault
where seen_at >= cast(:since as timestamptz)
  and seen_at < cast(:until as timestamptz)
order by route, seen_at, manifest_id, line, fault, detail;
