-- Runs: who works on what, what was asked for, what came of it.

create table ownership (
    route    text        not null,
    stage    text        not null,
    fence    bigint      not null check (fence > 0),
    holder   text        not null,
    taken_at timestamptz not null,
    primary key (route, stage)
);
comment on table ownership is 'Who owns a stage of a route; the proof of life is an advisory lock, not this row';
comment on column ownership.route is 'Name of the route';
comment on column ownership.stage is 'The stage';
comment on column ownership.fence is 'Raised by each new owner; who holds a lower number may neither commit nor publish';
comment on column ownership.holder is 'Application name of all database connections of the owner''s process';
comment on column ownership.taken_at is 'When it was taken (UTC)';

create table launch (
    launch_id   bigint generated always as identity primary key,
    route       text        not null,
    stage       text        not null,
    dataset     text,
    files       text[],
    launched_at timestamptz not null,
    launched_by text        not null
);
comment on table launch is 'What was asked for: one Spring Batch job instance, run once or more often';
comment on column launch.launch_id is 'Identity, an identifying parameter of the job';
comment on column launch.route is 'Name of the route';
comment on column launch.stage is 'The stage';
comment on column launch.dataset is 'Only this dataset; null for all';
comment on column launch.files is 'Only these paths; null for all. Here and not in a job parameter: names can hold subject identifiers';
comment on column launch.launched_at is 'When (UTC)';
comment on column launch.launched_by is 'User of the operating system';

create table part (
    launch_id  bigint not null references launch,
    part       int    not null check (part >= 0),
    file_id    bigint not null references data_file,
    size_bytes bigint not null check (size_bytes >= 0),
    primary key (launch_id, part, file_id),
    unique (launch_id, file_id)
);
comment on table part is 'How the files of a launch were cut into parts of about the same size; a restart finds the same parts';
comment on column part.launch_id is 'The launch';
comment on column part.part is 'Number of the part, from 0';
comment on column part.file_id is 'The file';
comment on column part.size_bytes is 'Its size when the cut was made, in bytes';

create table run (
    run_id      bigint primary key,
    launch_id   bigint      not null references launch,
    route       text        not null,
    stage       text        not null,
    fence       bigint      not null,
    status      text        not null check (status in ('STARTED', 'COMPLETED', 'FAILED', 'STOPPED', 'ABANDONED')),
    found       bigint      not null default 0 check (found >= 0),
    done        bigint      not null default 0 check (done >= 0),
    quarantined bigint      not null default 0 check (quarantined >= 0),
    skipped     bigint      not null default 0 check (skipped >= 0),
    pending     bigint      not null default 0 check (pending >= 0),
    bytes       bigint      not null default 0 check (bytes >= 0),
    started_at  timestamptz not null,
    ended_at    timestamptz,
    message     text,
    check (status <> 'COMPLETED' or found = done + quarantined + skipped + pending),
    check ((status = 'STARTED') = (ended_at is null))
);
create index run_route_stage on run (route, stage, run_id);
create index run_launch on run (launch_id);
create index run_started on run (started_at);
comment on table run is 'One execution of one stage of one route, and what came of it';
comment on column run.run_id is 'Id of the run: batch_job_execution.job_execution_id';
comment on column run.launch_id is 'What was asked for';
comment on column run.route is 'Name of the route';
comment on column run.stage is 'The stage';
comment on column run.fence is 'The fencing number under which it worked';
comment on column run.status is 'STARTED, COMPLETED, FAILED, STOPPED or ABANDONED';
comment on column run.found is 'Files that the run found to do (intake: rows of manifests)';
comment on column run.done is 'Files that it moved on (intake: rows taken)';
comment on column run.quarantined is 'Files that it quarantined (intake: rows rejected)';
comment on column run.skipped is 'Files that it left with a reason, because somebody else had moved them, or they are no regular files';
comment on column run.pending is 'Files that it leaves for a later run';
comment on column run.bytes is 'Bytes that it handled';
comment on column run.started_at is 'When it started (UTC)';
comment on column run.ended_at is 'When it ended, or was found dead (UTC)';
comment on column run.message is 'Why it failed, in one line';

alter table file_event add foreign key (run_id) references run;
