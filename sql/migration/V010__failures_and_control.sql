-- What runs are asked while they run, how far they have come, and what people decide about what failed.

alter table launch
    add column followed_by text[] not null default '{}';
comment on column launch.followed_by is 'stages that were to run after it if it completes, in their order; a restart goes on with them';

create table run_progress (
    run_id       bigint primary key references run,
    files        bigint      not null default 0 check (files >= 0),
    bytes        bigint      not null default 0 check (bytes >= 0),
    total_files  bigint      not null default 0 check (total_files >= 0),
    total_bytes  bigint      not null default 0 check (total_bytes >= 0),
    seen_at      timestamptz not null,
    stop_by      text,
    stop_at      timestamptz,
    check ((stop_by is null) = (stop_at is null))
);
comment on table run_progress is 'how far a run has come, for who looks on, and whether it is asked to stop; written every second while it runs. What counts is in run.';
comment on column run_progress.run_id is 'the run';
comment on column run_progress.files is 'files done so far; intake: rows';
comment on column run_progress.bytes is 'bytes read so far';
comment on column run_progress.total_files is 'files to do in all; 0 while it is not known';
comment on column run_progress.total_bytes is 'bytes to read in all; 0 while it is not known, or where bytes say nothing';
comment on column run_progress.seen_at is 'when the run wrote this';
comment on column run_progress.stop_by is 'who asked the run to stop; null: nobody';
comment on column run_progress.stop_at is 'when it was asked to stop';

create table decision (
    decision_id bigint generated always as identity primary key,
    run_id      bigint references run,
    event_id    bigint references file_event,
    kind        text        not null check (kind in ('ACKNOWLEDGED', 'ABANDONED')),
    why         text        not null check (why <> ''),
    decided_by  text        not null,
    decided_at  timestamptz not null,
    until       timestamptz,
    check (num_nonnulls(run_id, event_id) = 1),
    check (kind = 'ACKNOWLEDGED' or until is null)
);
comment on table decision is 'what a person decided about a failed run or a quarantined file; append-only, the last one counts';
comment on column decision.decision_id is 'key';
comment on column decision.run_id is 'the failed run; null if it is about a file';
comment on column decision.event_id is 'the event by which the file went into quarantine; null if it is about a run';
comment on column decision.kind is 'ACKNOWLEDGED: seen, and nothing more is to be done for now; ABANDONED: nothing will be done any more';
comment on column decision.why is 'in the words of who decided';
comment on column decision.decided_by is 'user of the operating system';
comment on column decision.decided_at is 'when';
comment on column decision.until is 'when an acknowledgement ends and it needs a person again; null: never';
create index decision_run on decision (run_id, decision_id) where run_id is not null;
create index decision_event on decision (event_id, decision_id) where event_id is not null;
create trigger decision_append_only before update or delete on decision
    for each row execute function refuse_change();
create trigger decision_not_emptied before truncate on decision
    for each statement execute function refuse_change();

-- For the views below: failures are few among very many runs, and quarantine among very many files.
create index run_failed on run (route, stage, run_id) where status in ('FAILED', 'ABANDONED', 'STARTED');
create index run_completed on run (route, stage, run_id) where status = 'COMPLETED';

create function stage_is_held(route text, stage text) returns boolean
    language sql stable as $$
select exists (select
               from pg_locks l
                        join pg_database d on d.oid = l.database
               where d.datname = current_database() and l.locktype = 'advisory' and l.objsubid = 1
                 and (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended('waybill:' || route || '.' || stage, 0))
$$;
comment on function stage_is_held is 'whether a living process owns a stage of a route: it holds the advisory lock of this name';

create view run_failure as
select r.run_id,
       r.route,
       r.stage,
       l.dataset,
       l.files,
       r.started_at,
       r.ended_at,
       coalesce(r.message, 'the process died') as message,
       case when r.status = 'ABANDONED' then 'ABANDONED'
            when s.run_id is not null then 'SUPERSEDED'
            when d.kind = 'ACKNOWLEDGED' and (d.until is null or d.until > now()) then 'ACKNOWLEDGED'
            else 'OPEN' end            as state,
       s.run_id                        as superseded_by,
       d.decided_by,
       d.decided_at,
       d.why,
       d.until
from run r
         join launch l on l.launch_id = r.launch_id
         left join lateral (select later.run_id
                            from run later
                                     join launch ll on ll.launch_id = later.launch_id
                            where later.route = r.route and later.stage = r.stage and later.status = 'COMPLETED'
                              and later.run_id > r.run_id
                              and (ll.launch_id = l.launch_id
                                or (ll.dataset is null or ll.dataset = l.dataset)
                                       and (ll.files is null or ll.files = l.files))
                            order by later.run_id
                            limit 1) s on true
         left join lateral (select *
                            from decision
                            where decision.run_id = r.run_id
                            order by decision_id desc
                            limit 1) d on true
where r.status in ('FAILED', 'ABANDONED')
   or r.status = 'STARTED' and not stage_is_held(r.route, r.stage);
comment on view run_failure is 'every run that failed or died, in exactly one state; what is OPEN needs a person';
comment on column run_failure.run_id is 'the run';
comment on column run_failure.route is 'its route';
comment on column run_failure.stage is 'its stage';
comment on column run_failure.dataset is 'the only dataset that it was to look at; null: all';
comment on column run_failure.files is 'the only paths that it was to look at; null: all';
comment on column run_failure.started_at is 'when it started';
comment on column run_failure.ended_at is 'when it ended, or was found dead; null if nobody has found it yet';
comment on column run_failure.message is 'why it failed, in one line';
comment on column run_failure.state is 'OPEN, SUPERSEDED (a later run of the same or a larger task completed), ACKNOWLEDGED or ABANDONED';
comment on column run_failure.superseded_by is 'the first later run that completed what it was to do';
comment on column run_failure.decided_by is 'who decided last about it; null: nobody has';
comment on column run_failure.decided_at is 'when';
comment on column run_failure.why is 'in the words of who decided';
comment on column run_failure.until is 'when the acknowledgement ends; null: never';

create view file_failure as
select e.event_id,
       f.file_id,
       f.route,
       f.path,
       e.at,
       e.reason,
       e.detail,
       case when f.state <> 'QUARANTINED' or last.event_id <> e.event_id then 'SUPERSEDED'
            when d.kind = 'ABANDONED' then 'ABANDONED'
            when d.kind = 'ACKNOWLEDGED' and (d.until is null or d.until > now()) then 'ACKNOWLEDGED'
            else 'OPEN' end as state,
       d.decided_by,
       d.decided_at,
       d.why,
       d.until
from file_event e
         join data_file f on f.file_id = e.file_id
         join lateral (select q.event_id
                       from file_event q
                       where q.file_id = f.file_id and q.to_state = 'QUARANTINED' and q.from_state <> 'QUARANTINED'
                       order by q.event_id desc
                       limit 1) last on true
         left join lateral (select *
                            from decision
                            where decision.event_id = e.event_id
                            order by decision_id desc
                            limit 1) d on true
where e.to_state = 'QUARANTINED' and e.from_state <> 'QUARANTINED';
comment on view file_failure is 'every time a file went into quarantine, in exactly one state; what is OPEN needs a person';
comment on column file_failure.event_id is 'the event by which it went there';
comment on column file_failure.file_id is 'the file';
comment on column file_failure.route is 'its route';
comment on column file_failure.path is 'its path in its dataset';
comment on column file_failure.at is 'when it went there';
comment on column file_failure.reason is 'code of the reason';
comment on column file_failure.detail is 'what was expected and what was found';
comment on column file_failure.state is 'OPEN, SUPERSEDED (it has left the quarantine since), ACKNOWLEDGED or ABANDONED';
comment on column file_failure.decided_by is 'who decided last about it; null: nobody has';
comment on column file_failure.decided_at is 'when';
comment on column file_failure.why is 'in the words of who decided';
comment on column file_failure.until is 'when the acknowledgement ends; null: never';
create index file_event_quarantine on file_event (event_id) where to_state = 'QUARANTINED';
