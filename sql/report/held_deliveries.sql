-- Deliveries that are held, by recipient and reason
-- psql -v until="now()" -f sql/report/held_deliveries.sql
-- :until  deliveries that were held at this time; ages are counted up to it
select route, recipient, reason, count(*) as deliveries,
       min(began_at) as oldest_since,
       cast(extract(epoch from cast(:until as timestamptz) - min(began_at)) as float8) as oldest_age_seconds,
       (array_agg(delivery_id order by began_at, delivery_id))[1] as oldest_delivery_id
from delivery_history
where state = 'HELD'
  and began_at < cast(:until as timestamptz)
  and (ended_at is null or ended_at >= cast(:until as timestamptz))
group by route, recipient, reason
order by route, deliveries desc, recipient, reason;
