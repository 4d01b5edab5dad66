-- Deliveries that are not acknowledged in time
-- psql -v until="now()" -f sql/report/overdue_receipts.sql
-- :until  deliveries whose acknowledgement was overdue at this time; ages are counted from the placing up to it
-- The highest rung is P0 if it was placed and nothing more is known, P1 if the recipient asked for it and did not get all of it.
with receipted as (
    select delivery_id, max(rung) as rung
    from receipt_history
    where known_at < cast(:until as timestamptz)
    group by delivery_id
)
select d.route, d.recipient, d.delivery_id, d.file_id, d.path, d.placed_as, d.delivered_at, d.acknowledge_by,
       cast(extract(epoch from cast(:until as timestamptz) - d.delivered_at) as float8) as age_seconds,
       coalesce(r.rung, 'P0') as highest_rung
from delivery_history d
         left join receipted r on r.delivery_id = d.delivery_id
where d.state = 'DELIVERED'
  and d.began_at < cast(:until as timestamptz)
  and (d.ended_at is null or d.ended_at >= cast(:until as timestamptz))
  and d.acknowledge_by < cast(:until as timestamptz)
  and coalesce(r.rung, 'P0') < 'P2'
order by d.route, d.recipient, d.delivered_at, d.delivery_id;
