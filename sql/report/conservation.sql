-- Where the files of each route are, and how many moved in the time
-- psql -v since="now() - interval '24 hours'" -v until="now()" -f sql/report/conservation.sql
-- :since  moves at this time or later
-- :until  and before this one; the states are those of now
with state as (
    select route, count(*) as files,
           count(*) filter (where state = 'EXPECTED') as not_arrived,
           count(*) filter (where state = 'ARRIVED') as to_process,
           count(*) filter (where state = 'PROCESSED') as to_archive,
           count(*) filter (where state = 'ARCHIVED') as archived,
           count(*) filter (where state = 'QUARANTINED') as quarantined
    from data_file
    group by route
), moved as (
    select f.route,
           count(distinct e.file_id) filter (where e.to_state = 'EXPECTED') as moved_to_expected,
           count(distinct e.file_id) filter (where e.to_state = 'ARRIVED') as moved_to_arrived,
           count(distinct e.file_id) filter (where e.to_state = 'PROCESSED') as moved_to_processed,
           count(distinct e.file_id) filter (where e.to_state = 'ARCHIVED') as moved_to_archived,
           count(distinct e.file_id) filter (where e.to_state = 'QUARANTINED') as moved_to_quarantined
    from file_event e
             join data_file f on f.file_id = e.file_id
    where e.from_state is distinct from e.to_state
      and e.at >= cast(:since as timestamptz)
      and e.at < cast(:until as timestamptz)
    group by f.route
)
select s.route, s.files, s.not_arrived, s.to_process, s.to_archive, s.archived, s.quarantined,
       s.files - s.not_arrived - s.to_process - s.to_archive - s.archived - s.quarantined as lost,
       coalesce(m.moved_to_expected, 0) as newly_expected,
       coalesce(m.moved_to_arrived, 0) as newly_arrived,
       coalesce(m.moved_to_processed, 0) as newly_processed,
       coalesce(m.moved_to_archived, 0) as newly_archived,
       coalesce(m.moved_to_quarantined, 0) as newly_quarantined
from state s
         left join moved m on m.route = s.route
order by s.route;
