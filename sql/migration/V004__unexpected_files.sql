-- What lies in incoming folders and will not be taken, however long it lies there.

create view unexpected_file as
with seen as (
    select o.*,
           count(*) over (partition by o.route, o.match_path) as same_path,
           count(*) over (partition by o.route, o.match_name) as same_name
    from observation o
    where o.file_id is null
)
select s.route,
       s.path,
       s.size_bytes,
       s.first_seen_at,
       coalesce(
               s.fault,
               case
                   when by_path.file_id is not null then 'another file there has the same name but for its suffix'
                   when by_name.file_id is not null then 'a manifest names it without a folder, and several folders have it'
                   when known.file_id is not null then 'file ' || known.file_id || ' of this path is ' || known.state
                   else 'no manifest expects it' end) as reason
from seen s
         left join data_file by_path
                   on by_path.route = s.route and by_path.state = 'EXPECTED' and by_path.path = s.match_path
         left join data_file by_name
                   on by_name.route = s.route and by_name.state = 'EXPECTED' and by_name.path = s.match_name
         left join lateral (select f.file_id, f.state
                            from data_file f
                            where f.route = s.route and f.path = s.match_path and f.state <> 'EXPECTED'
                            order by f.file_id desc
                            limit 1) known on true
where s.fault is not null
   or case
          when by_path.file_id is not null then s.same_path > 1
          when by_name.file_id is not null then s.same_name > 1
          else true end;
comment on view unexpected_file is 'Files in incoming folders that will not be taken as things are';
comment on column unexpected_file.route is 'Name of the route whose folder it is';
comment on column unexpected_file.path is 'Path below the incoming folder, segments divided by /';
comment on column unexpected_file.size_bytes is 'Size in bytes';
comment on column unexpected_file.first_seen_at is 'When it was first seen (UTC)';
comment on column unexpected_file.reason is 'Why it is not taken';
