-- What a report needs to tell a past night as it was: how runs ended first, by which program and under which configuration,
-- when they were to run; and the views that reports and analysts query, which are a stable interface.

alter table run
    add column outcome         text check (outcome in ('COMPLETED', 'FAILED', 'STOPPED', 'ABANDONED')),
    add column outcome_message text,
    add column configuration   text check (configuration ~ '^[0-9a-f]{64}$'),
    add column program         text not null default '',
    add column java            text not null default '',
    add column database        text not null default '';
update run set outcome = status, outcome_message = message where status <> 'STARTED';
create index run_ended on run (ended_at);
comment on column run.outcome is 'The status with which it ended first, whatever a person made of it later; null while it runs';
comment on column run.outcome_message is 'Why it failed, in one line, as it was said first';
comment on column run.configuration is 'SHA-256 of the route''s file, lower-case hexadecimal; null for runs before this was recorded';
comment on column run.program is 'Version of Waybill; empty for runs before this was recorded';
comment on column run.java is 'Version of Java; empty for runs before this was recorded';
comment on column run.database is 'Version of PostgreSQL; empty for runs before this was recorded';

create function keep_first_outcome() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.outcome is not null then
        new.outcome := old.outcome;
        new.outcome_message := old.outcome_message;
    elsif new.status <> 'STARTED' then
        new.outcome := new.status;
        new.outcome_message := new.message;
    end if;
    return new;
end $$;
comment on function keep_first_outcome() is 'Keeps how a run ended first';
create trigger run_first_outcome before insert or update on run
    for each row execute function keep_first_outcome();

create table route_configuration (
    configuration_id bigint generated always as identity primary key,
    route            text        not null,
    sha256           text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
    seen_at          timestamptz not null
);
create index route_configuration_route on route_configuration (route, configuration_id);
comment on table route_configuration is 'The configurations of each route, as runs found them; rows are only ever added';
comment on column route_configuration.configuration_id is 'Order of the configurations';
comment on column route_configuration.route is 'Name of the route';
comment on column route_configuration.sha256 is 'SHA-256 of the route''s file, lower-case hexadecimal';
comment on column route_configuration.seen_at is 'When a run found it first (UTC); in force until the next one of the route was found';

create table route_schedule (
    configuration_id bigint not null references route_configuration,
    target           text   not null,
    stage            text   not null,
    cron             text   not null,
    zone             text   not null,
    grace_seconds    bigint not null check (grace_seconds >= 0),
    primary key (configuration_id, target)
);
comment on table route_schedule is 'When runs are to begin, as a configuration says; rows are only ever added';
comment on column route_schedule.configuration_id is 'The configuration';
comment on column route_schedule.target is 'What is run: ROUTE or ROUTE.STAGE, as on the command line';
comment on column route_schedule.stage is 'The stage whose run proves that it ran: the first one of a whole route';
comment on column route_schedule.cron is 'When, in the five fields of a crontab';
comment on column route_schedule.zone is 'The time zone that this is in';
comment on column route_schedule.grace_seconds is 'How late a run may begin before it counts as missing, in seconds';

create trigger route_configuration_append_only before update or delete on route_configuration
    for each row execute function refuse_change();
create trigger route_configuration_not_emptied before truncate on route_configuration
    for each statement execute function refuse_change();
create trigger route_schedule_append_only before update or delete on route_schedule
    for each row execute function refuse_change();
create trigger route_schedule_not_emptied before truncate on route_schedule
    for each statement execute function refuse_change();

-- From here on: the views. A column is never removed or given another meaning; new ones come last.

create view known_file as
select file_id, route, path, expected_at
from data_file;
comment on view known_file is 'Every file that the ledger knows';
comment on column known_file.file_id is 'Ledger id of the file';
comment on column known_file.route is 'Name of the route that it takes';
comment on column known_file.path is 'Path in its datasets, without an encryption suffix';
comment on column known_file.expected_at is 'When it was declared first (UTC)';

create view file_move as
select e.event_id, e.file_id, f.route, f.path, e.at, e.from_state, e.to_state, e.reason, e.run_id, e.actor
from file_event e
         join data_file f on f.file_id = e.file_id
where e.from_state is distinct from e.to_state;
comment on view file_move is 'Every move of a file from one state to another';
comment on column file_move.event_id is 'Order of the moves';
comment on column file_move.file_id is 'Ledger id of the file';
comment on column file_move.route is 'Name of the route that it takes';
comment on column file_move.path is 'Path in its datasets, without an encryption suffix';
comment on column file_move.at is 'When (UTC)';
comment on column file_move.from_state is 'State before; null when the file was declared first';
comment on column file_move.to_state is 'State after';
comment on column file_move.reason is 'Code of what happened: of the quarantine, if it leads there';
comment on column file_move.run_id is 'The run that did it; null when a person did';
comment on column file_move.actor is 'Who: the stage, or the user of the operating system';

create view file_history as
select e.file_id,
       f.route,
       f.path,
       e.to_state                                                        as state,
       case when e.to_state = 'QUARANTINED' then e.from_state end        as held_state,
       case when e.to_state = 'QUARANTINED' then e.reason end            as reason,
       max(e.at) over so_far                                             as began_at,
       case when lead(e.event_id) over so_far is not null
            then max(e.at) over (so_far rows between unbounded preceding and 1 following) end as ended_at,
       case when max(e.event_id) filter (where e.from_state = 'EXPECTED' and e.to_state = 'ARRIVED') over so_far
                     > max(e.event_id) filter (where e.to_state = 'EXPECTED') over so_far
            then max(e.at) filter (where e.from_state = 'EXPECTED' and e.to_state = 'ARRIVED') over so_far end as arrived_at,
       case when max(e.event_id) filter (where e.from_state = 'ARRIVED' and e.to_state = 'PROCESSED') over so_far
                     > max(e.event_id) filter (where e.to_state = 'EXPECTED' or e.reason = 'SET_BY_HAND') over so_far
            then max(e.at) filter (where e.from_state = 'ARRIVED' and e.to_state = 'PROCESSED') over so_far end as processed_at,
       e.run_id
from file_event e
         join data_file f on f.file_id = e.file_id
where e.from_state is distinct from e.to_state
window so_far as (partition by e.file_id order by e.event_id);
comment on view file_history is 'Each state that a file has been in, and from when to when; where files were at a time T: began_at < T and (ended_at is null or ended_at >= T)';
comment on column file_history.file_id is 'Ledger id of the file';
comment on column file_history.route is 'Name of the route that it takes';
comment on column file_history.path is 'Path in its datasets, without an encryption suffix';
comment on column file_history.state is 'EXPECTED, ARRIVED, PROCESSED, ARCHIVED or QUARANTINED';
comment on column file_history.held_state is 'The state from which it went to quarantine, only while it is there';
comment on column file_history.reason is 'Reason code of its quarantine, only while it is there';
comment on column file_history.began_at is 'When it came into this state (UTC)';
comment on column file_history.ended_at is 'When it left it (UTC); null if it is in it still';
comment on column file_history.arrived_at is 'When it had arrived (UTC), as known while in this state; null if it was still to be sent, or to be sent again';
comment on column file_history.processed_at is 'When it was verified and re-encrypted (UTC), as known while in this state; null if that was still to be done, or to be done again';
comment on column file_history.run_id is 'The run that brought it into this state; null when a person did';

create view file_verification as
select e.file_id, e.at, split_part(e.detail, ', ', 1) as received_format,
       cast(substring(e.detail from ', ([0-9]+) bytes') as bigint) as plain_bytes
from file_event e
where e.reason = 'VERIFIED';
comment on view file_verification is 'Every time that a file was verified and re-encrypted';
comment on column file_verification.file_id is 'Ledger id of the file';
comment on column file_verification.at is 'When (UTC)';
comment on column file_verification.received_format is 'How it had arrived: CRYPT4GH, EGA_AES, OPENPGP, PLAIN';
comment on column file_verification.plain_bytes is 'Measured size of the plaintext in bytes';

create view dataset_member as
select d.dataset_id, d.route, d.name as dataset, d.requested_at, df.file_id
from dataset d
         join dataset_file df on df.dataset_id = d.dataset_id;
comment on view dataset_member is 'Which files belong to which datasets';
comment on column dataset_member.dataset_id is 'Ledger id of the dataset';
comment on column dataset_member.route is 'Name of the route';
comment on column dataset_member.dataset is 'Name of the dataset';
comment on column dataset_member.requested_at is 'When its manifest was taken (UTC)';
comment on column dataset_member.file_id is 'Ledger id of the file';

create view dataset_publication as
select d.dataset_id, e.file_id, e.at as published_at
from file_event e
         join data_file f on f.file_id = e.file_id
         join dataset_file df on df.file_id = e.file_id
         join dataset d on d.dataset_id = df.dataset_id
where e.reason = 'PUBLISHED'
  and starts_with(e.detail, d.name || '/' || f.path || '.');
comment on view dataset_publication is 'When files were published in the archive for datasets; more than once if they were sent again';
comment on column dataset_publication.dataset_id is 'Ledger id of the dataset';
comment on column dataset_publication.file_id is 'Ledger id of the file';
comment on column dataset_publication.published_at is 'When (UTC)';

create view run_history as
select r.run_id, r.route, r.stage, coalesce(r.outcome, 'STARTED') as outcome, r.started_at, r.ended_at,
       cast(extract(epoch from r.ended_at - r.started_at) as float8) as seconds,
       r.found, r.done, r.quarantined, r.skipped, r.pending, r.bytes, r.outcome_message as message,
       r.configuration, r.program, r.java, r.database, r.launch_id, l.dataset, l.files
from run r
         join launch l on l.launch_id = r.launch_id;
comment on view run_history is 'Every run, and how it ended first';
comment on column run_history.run_id is 'Id of the run';
comment on column run_history.route is 'Name of the route';
comment on column run_history.stage is 'The stage';
comment on column run_history.outcome is 'COMPLETED, FAILED or STOPPED; STARTED while it has not ended, or was not found dead yet';
comment on column run_history.started_at is 'When it started (UTC)';
comment on column run_history.ended_at is 'When it ended, or was found dead (UTC)';
comment on column run_history.seconds is 'How long it took, in seconds; null while it runs';
comment on column run_history.found is 'Files that the run found to do (intake: rows of manifests)';
comment on column run_history.done is 'Files that it moved on (intake: rows taken)';
comment on column run_history.quarantined is 'Files that it quarantined (intake: rows rejected)';
comment on column run_history.skipped is 'Files that it left with a reason';
comment on column run_history.pending is 'Files that it leaves for a later run';
comment on column run_history.bytes is 'Bytes that it handled';
comment on column run_history.message is 'Why it failed, in one line';
comment on column run_history.configuration is 'SHA-256 of the route''s file; null for runs before this was recorded';
comment on column run_history.program is 'Version of Waybill; empty for runs before this was recorded';
comment on column run_history.java is 'Version of Java; empty for runs before this was recorded';
comment on column run_history.database is 'Version of PostgreSQL; empty for runs before this was recorded';
comment on column run_history.launch_id is 'What was asked for: the same for a run and its restarts';
comment on column run_history.dataset is 'Only this dataset was asked for; null for all';
comment on column run_history.files is 'Only these paths were asked for; null for all';

create view manifest_fault as
select m.manifest_id, m.route, m.name as manifest, m.seen_at, m.outcome, r.line, r.fault, coalesce(r.detail, m.detail) as detail
from manifest m
         left join manifest_reject r on r.manifest_id = m.manifest_id
where m.outcome in ('CONFLICT', 'UNREADABLE')
   or (m.outcome = 'TAKEN' and r.manifest_id is not null);
comment on view manifest_fault is 'Manifests of which nothing was taken, and rejected rows of the others';
comment on column manifest_fault.manifest_id is 'Ledger id of the manifest';
comment on column manifest_fault.route is 'Name of the route whose folder it lay in';
comment on column manifest_fault.manifest is 'Its file name';
comment on column manifest_fault.seen_at is 'When it was read (UTC)';
comment on column manifest_fault.outcome is 'TAKEN: but for this row; CONFLICT or UNREADABLE: nothing of it';
comment on column manifest_fault.line is 'Line of the row in the manifest, the first one is 1; null for the whole manifest';
comment on column manifest_fault.fault is 'Code of the fault of the row; null for the whole manifest';
comment on column manifest_fault.detail is 'What was found, and what to do';

create view schedule_history as
with spans as (
    select c.*, lead(c.seen_at) over (partition by c.route order by c.configuration_id) as replaced_at
    from route_configuration c
)
select s.route, s.sha256 as configuration, r.target, r.stage, r.cron, r.zone, r.grace_seconds,
       s.seen_at as began_at, s.replaced_at as ended_at
from spans s
         join route_schedule r on r.configuration_id = s.configuration_id;
comment on view schedule_history is 'When runs were to begin, and from when to when that was so';
comment on column schedule_history.route is 'Name of the route';
comment on column schedule_history.configuration is 'SHA-256 of the route''s file';
comment on column schedule_history.target is 'What is run: ROUTE or ROUTE.STAGE, as on the command line';
comment on column schedule_history.stage is 'The stage whose run proves that it ran';
comment on column schedule_history.cron is 'When, in the five fields of a crontab';
comment on column schedule_history.zone is 'The time zone that this is in';
comment on column schedule_history.grace_seconds is 'How late a run may begin before it counts as missing, in seconds';
comment on column schedule_history.began_at is 'When a run found this configuration first (UTC)';
comment on column schedule_history.ended_at is 'When a run found another one (UTC); null while it is in force';
