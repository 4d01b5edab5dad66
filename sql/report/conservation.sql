-- Conservation: files expected, arrived, processed, archived, delivered and acknowledged, and where the others are
-- psql -v since="now() - interval '24 hours'" -v until="now()" -f sql/report/conservation.sql
-- :since  moves at this time or later
-- :until  and before this one; states are those of this time
-- A file in quarantine has got as far as it had before. What is short of files is listed by differences.sql, file by file.
-- From deliveries on, each recipient of a file counts: deliveries = delivered + to_deliver + held. Replaced and recalled ones are not
-- counted. Acknowledged is what is proved to have been sent in full (P2), or more; to_acknowledge is what else a receipt is awaited of.
with standing as (
    select route, coalesce(held_state, state) as reached, state
    from file_history
    where began_at < cast(:until as timestamptz)
      and (ended_at is null or ended_at >= cast(:until as timestamptz))
), counted as (
    select route, count(*) as standing,
           count(*) filter (where reached in ('ARRIVED', 'PROCESSED', 'ARCHIVED')) as arrived,
           count(*) filter (where reached in ('PROCESSED', 'ARCHIVED')) as processed,
           count(*) filter (where state = 'ARCHIVED') as archived,
           count(*) filter (where state = 'EXPECTED') as not_arrived,
           count(*) filter (where state = 'ARRIVED') as to_process,
           count(*) filter (where state = 'PROCESSED') as to_archive,
           count(*) filter (where state = 'QUARANTINED') as quarantined
    from standing
    group by route
), known as (
    select route, count(*) as files
    from known_file
    where expected_at < cast(:until as timestamptz)
    group by route
), moved as (
    select route,
           count(distinct file_id) filter (where to_state = 'EXPECTED') as newly_expected,
           count(distinct file_id) filter (where to_state = 'ARRIVED') as newly_arrived,
           count(distinct file_id) filter (where to_state = 'PROCESSED') as newly_processed,
           count(distinct file_id) filter (where to_state = 'ARCHIVED') as newly_archived,
           count(distinct file_id) filter (where to_state = 'QUARANTINED') as newly_quarantined
    from file_move
    where at >= cast(:since as timestamptz)
      and at < cast(:until as timestamptz)
    group by route
), receipted as (
    select delivery_id, min(known_at) as known_at
    from receipt_history
    where known_at < cast(:until as timestamptz)
      and rung >= 'P2'
    group by delivery_id
), consigned as (
    select d.route,
           count(*) filter (where d.state in ('PENDING', 'HELD', 'DELIVERED')) as deliveries,
           count(*) filter (where d.state = 'DELIVERED') as delivered,
           count(*) filter (where d.state = 'DELIVERED' and r.known_at is not null) as acknowledged,
           count(*) filter (where d.state = 'PENDING') as to_deliver,
           count(*) filter (where d.state = 'HELD') as held,
           count(*) filter (where d.state = 'DELIVERED' and d.acknowledge_by is not null and r.known_at is null) as to_acknowledge,
           count(*) filter (where r.known_at >= cast(:since as timestamptz)) as newly_acknowledged
    from delivery_history d
             left join receipted r on r.delivery_id = d.delivery_id
    where d.began_at < cast(:until as timestamptz)
      and (d.ended_at is null or d.ended_at >= cast(:until as timestamptz))
    group by d.route
), placed as (
    select route, count(distinct delivery_id) as newly_delivered
    from delivery_history
    where state = 'DELIVERED'
      and delivered_at >= cast(:since as timestamptz)
      and began_at < cast(:until as timestamptz)
    group by route
)
select k.route, k.files,
       coalesce(c.arrived, 0) as arrived,
       coalesce(c.processed, 0) as processed,
       coalesce(c.archived, 0) as archived,
       coalesce(c.not_arrived, 0) as not_arrived,
       coalesce(c.to_process, 0) as to_process,
       coalesce(c.to_archive, 0) as to_archive,
       coalesce(c.quarantined, 0) as quarantined,
       k.files - coalesce(c.not_arrived + c.to_process + c.to_archive + c.archived + c.quarantined, 0) as lost,
       coalesce(m.newly_expected, 0) as newly_expected,
       coalesce(m.newly_arrived, 0) as newly_arrived,
       coalesce(m.newly_processed, 0) as newly_processed,
       coalesce(m.newly_archived, 0) as newly_archived,
       coalesce(m.newly_quarantined, 0) as newly_quarantined,
       coalesce(d.deliveries, 0) as deliveries,
       coalesce(d.delivered, 0) as delivered,
       coalesce(d.acknowledged, 0) as acknowledged,
       coalesce(d.to_deliver, 0) as to_deliver,
       coalesce(d.held, 0) as held,
       coalesce(d.to_acknowledge, 0) as to_acknowledge,
       coalesce(p.newly_delivered, 0) as newly_delivered,
       coalesce(d.newly_acknowledged, 0) as newly_acknowledged
from known k
         left join counted c on c.route = k.route
         left join moved m on m.route = k.route
         left join consigned d on d.route = k.route
         left join placed p on p.route = k.route
order by k.route;
