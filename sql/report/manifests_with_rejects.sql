-- Manifests with rejected rows, in conflict or unreadable
-- psql -v since="now() - interval '24 hours'" -v until="now()" -f sql/report/manifests_with_rejects.sql
-- :since  manifests that were read at this time or later
-- :until  and before this one
select m.route, m.name as manifest, m.seen_at, m.outcome, r.line, r.fault, coalesce(r.detail, m.detail) as detail
from manifest m
         left join manifest_reject r on r.manifest_id = m.manifest_id
where (r.manifest_id is not null or m.outcome in ('CONFLICT', 'UNREADABLE'))
  and m.seen_at >= cast(:since as timestamptz)
  and m.seen_at < cast(:until as timestamptz)
order by m.route, m.seen_at, m.manifest_id, r.line;
