-- Deliveries by recipient
-- psql -v until="now()" -f sql/report/deliveries.sql
-- :until  deliveries are told as they were at this time; ages are counted up to it
-- deliveries = delivered + pending + held + replaced + recalled. One that is to be taken back counts as recalled. Of those that are
-- delivered: acknowledged from P2 on; highest_… by the highest rung that is proved of them, the others were placed and nothing more.
with receipted as (
    select delivery_id, max(rung) as rung
    from receipt_history
    where known_at < cast(:until as timestamptz)
    group by delivery_id
), standing as (
    select d.*, coalesce(r.rung, 'P0') as rung,
           d.state = 'DELIVERED' and d.acknowledge_by is not null and coalesce(r.rung, 'P0') < 'P2' as is_awaited
    from delivery_history d
             left join receipted r on r.delivery_id = d.delivery_id
    where d.began_at < cast(:until as timestamptz)
      and (d.ended_at is null or d.ended_at >= cast(:until as timestamptz))
)
select route, recipient, nullif(label, '') as label,
       count(*) as deliveries,
       count(*) filter (where state = 'DELIVERED') as delivered,
       count(*) filter (where state = 'PENDING') as pending,
       count(*) filter (where state = 'HELD') as held,
       count(*) filter (where state = 'REPLACED') as replaced,
       count(*) filter (where state in ('RECALLING', 'RECALLED')) as recalled,
       count(*) filter (where state = 'DELIVERED' and rung >= 'P2') as acknowledged,
       count(*) filter (where is_awaited and acknowledge_by < cast(:until as timestamptz)) as overdue,
       min(delivered_at) filter (where is_awaited) as oldest_unacknowledged_since,
       cast(extract(epoch from cast(:until as timestamptz) - min(delivered_at) filter (where is_awaited)) as float8)
           as oldest_unacknowledged_age_seconds,
       count(*) filter (where state = 'DELIVERED' and rung = 'P1') as highest_p1,
       count(*) filter (where state = 'DELIVERED' and rung = 'P2') as highest_p2,
       count(*) filter (where state = 'DELIVERED' and rung = 'P3') as highest_p3
from standing
group by route, recipient, label
order by route, recipient, label;
