-- Files that no manifest declares can be taken, and a file that comes again is the next version of itself.

alter table data_file
    add column version      int not null default 1 check (version > 0),
    add column duplicate_of bigint references data_file,
    add column twin_key     text;
update data_file f
set version = n.version
from (select file_id, row_number() over (partition by route, path order by file_id) as version from data_file) n
where n.file_id = f.file_id and n.version > 1;
create unique index data_file_version on data_file (route, path, version) where duplicate_of is null;
create index data_file_twin on data_file (route, twin_key);
comment on column data_file.version is 'How many files of this route and path there have been, this one included and duplicates left out; of a duplicate the version that it repeats. From 2 on the archive name says it; files archived before this was counted keep their names';
comment on column data_file.duplicate_of is 'The version before, if this file came again with just its content: it is not a version of its own, and not delivered; null for all others';
comment on column data_file.twin_key is 'The path in Unicode normal form C with its case folded: equal for twins; null until it is needed for files from before this was recorded';
comment on table data_file is 'Data files; a row is made by intake, or by transfer for a file that nothing declares, and never deleted';
comment on column data_file.path is 'Path in its datasets, segments divided by /, without an encryption suffix; below the incoming folder if nothing declares it';
comment on column data_file.expected_at is 'When the row was made (UTC)';

alter table dataset_file
    alter column manifest_id drop not null,
    alter column line drop not null,
    add check ((manifest_id is null) = (line is null));
comment on column dataset_file.manifest_id is 'The manifest that says so; null if nothing does, and transfer took the file as it came';
comment on column dataset_file.line is 'Its line there; null without a manifest';
comment on table dataset is 'Files that belong together: an EGA dataset, a manifest, what came on one day or in one folder';
comment on column dataset.name is 'Its name in its manifest: a dataset id, or the name of the manifest without its ending; of files that nothing declares, the day (UTC) or the folder in which they came';
comment on column dataset.requested_at is 'When intake took its manifest, or transfer its first file (UTC)';
comment on column dataset_overview.files is 'Files that its manifest declares, or that were taken for it';
comment on column dataset_overview.requested_at is 'When its manifest was taken, or its first file if nothing declares them (UTC)';

alter table observation
    add column twin_key   text,
    add column name_fault text,
    add column undeclared boolean not null default false,
    add check (not undeclared or num_nonnulls(twin_key, name_fault) = 1);
comment on column observation.twin_key is 'match_path in Unicode normal form C with its case folded: equal for twins; null if it is no name for a manifest';
comment on column observation.name_fault is 'Why no manifest could name it so; null if one could';
comment on column observation.undeclared is 'Whether its route takes files that nothing declares, as it was when it was seen last';

create or replace view known_file as
select file_id, route, path, expected_at, version, duplicate_of
from data_file;
comment on column known_file.version is 'Which version of its path it is; of a duplicate the version that it repeats';
comment on column known_file.duplicate_of is 'The file whose content came again with this one; null if it is a version of its own';

-- Whether an observation is a twin of others is asked of those that could be taken only.
create or replace view unexpected_file as
with seen as (
    select o.*,
           count(*) filter (where o.fault is null) over (partition by o.route, o.match_path) as same_path,
           count(*) filter (where o.fault is null) over (partition by o.route, o.match_name) as same_name,
           min(o.match_path) filter (where o.fault is null) over (partition by o.route, o.twin_key) as first_twin,
           max(o.match_path) filter (where o.fault is null) over (partition by o.route, o.twin_key) as last_twin
    from observation o
    where o.file_id is null
), judged as (
    select s.*,
           case
               when s.fault is not null then s.fault
               when by_path.file_id is not null
                   then case when s.same_path > 1 then 'another file there has the same name but for its suffix' end
               when on_its_way.file_id is not null
                   then 'file ' || on_its_way.file_id || ' of this path is ' || on_its_way.state
                       || case
                              when not s.undeclared then ''
                              when on_its_way.state = 'QUARANTINED'
                                  then ', and this one waits; to have it taken in its place: waybill files set-state '
                                      || on_its_way.file_id || ' EXPECTED --reason "…"'
                              else ', and this one waits until that one is archived' end
               when by_name.file_id is not null
                   then case when s.same_name > 1
                                 then 'a manifest names it without a folder, and several folders have it' end
               when not s.undeclared
                   then case when archived.file_id is not null then 'file ' || archived.file_id || ' of this path is ' || archived.state
                             else 'no manifest expects it' end
               when s.name_fault is not null then s.name_fault
               when s.same_path > 1 then 'another file there has the same name but for its suffix'
               when s.first_twin <> s.last_twin
                   then 'another file there has the same name but for upper and lower case or its Unicode form'
               when twin.file_id is not null
                   then 'it has the same name as file ' || twin.file_id
                       || ' but for upper and lower case or its Unicode form; rename it' end as why
    from seen s
             left join data_file by_path
                       on by_path.route = s.route and by_path.state = 'EXPECTED' and by_path.path = s.match_path
             left join data_file on_its_way
                       on on_its_way.route = s.route and on_its_way.path = s.match_path
                           and on_its_way.state in ('ARRIVED', 'PROCESSED', 'QUARANTINED')
                           and on_its_way.held_state is distinct from 'ARCHIVED'
             left join data_file by_name
                       on by_name.route = s.route and by_name.state = 'EXPECTED' and by_name.path = s.match_name
                           and by_name.path <> s.match_path
                           and exists (select
                                       from dataset_file df
                                       where df.file_id = by_name.file_id and df.manifest_id is not null)
             left join lateral (select f.file_id, f.state
                                from data_file f
                                where f.route = s.route and f.path = s.match_path
                                  and coalesce(f.held_state, f.state) = 'ARCHIVED'
                                order by f.file_id desc
                                limit 1) archived on not s.undeclared
             left join lateral (select f.file_id
                                from data_file f
                                where f.route = s.route and f.twin_key = s.twin_key and f.path <> s.match_path
                                order by f.file_id
                                limit 1) twin on s.undeclared
)
select route, path, size_bytes, first_seen_at, why as reason
from judged
where why is not null;
