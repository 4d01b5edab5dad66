-- What reports and analysts need to tell of deliveries as they were at any time: stable views, like those of V009.

alter table delivery_event
    add column acknowledge_by timestamptz;
comment on column delivery_event.acknowledge_by is 'Of a placing: when an acknowledgement of it is overdue (UTC); null: never, and of other events';

create index delivery_held on delivery (route, delivery_id) where state = 'HELD';
create index delivery_event_held on delivery_event (event_id) where to_state = 'HELD';

create view delivery_history as
select e.delivery_id,
       d.file_id,
       d.route,
       f.path,
       f.version,
       d.recipient,
       d.label,
       d.placed_as,
       e.to_state                                      as state,
       case when e.to_state = 'HELD' then e.reason end as reason,
       max(e.at) over so_far                           as began_at,
       case when lead(e.event_id) over so_far is not null
            then max(e.at) over (so_far rows between unbounded preceding and 1 following) end as ended_at,
       max(e.at) filter (where e.from_state = 'PENDING' and e.to_state = 'DELIVERED') over so_far as delivered_at,
       (array_agg(e.acknowledge_by) filter (where e.from_state = 'PENDING' and e.to_state = 'DELIVERED') over so_far)
           [count(*) filter (where e.from_state = 'PENDING' and e.to_state = 'DELIVERED') over so_far] as acknowledge_by,
       e.run_id
from delivery_event e
         join delivery d on d.delivery_id = e.delivery_id
         join data_file f on f.file_id = d.file_id
where e.from_state is distinct from e.to_state
window so_far as (partition by e.delivery_id order by e.event_id);
comment on view delivery_history is 'Each state that a delivery has been in, and from when to when; where deliveries were at a time T: began_at < T and (ended_at is null or ended_at >= T)';
comment on column delivery_history.delivery_id is 'Ledger id of the delivery';
comment on column delivery_history.file_id is 'Ledger id of the file';
comment on column delivery_history.route is 'Name of the route';
comment on column delivery_history.path is 'Path of the file in its datasets, without an encryption suffix';
comment on column delivery_history.version is 'Which version of its path the file is';
comment on column delivery_history.recipient is 'Name of the recipient in the route';
comment on column delivery_history.label is 'What the route calls the recipient for people; may be empty';
comment on column delivery_history.placed_as is 'Path below the channel''s folder under which it is placed';
comment on column delivery_history.state is 'PENDING, DELIVERED, HELD, REPLACED, RECALLING or RECALLED';
comment on column delivery_history.reason is 'Why it is HELD, only while it is';
comment on column delivery_history.began_at is 'When it came into this state (UTC)';
comment on column delivery_history.ended_at is 'When it left it (UTC); null if it is in it still';
comment on column delivery_history.delivered_at is 'When it was placed last (UTC), as known while in this state; null if it never was';
comment on column delivery_history.acknowledge_by is 'When an acknowledgement of that is overdue (UTC); null: never';
comment on column delivery_history.run_id is 'The run that brought it into this state; null when a person did';

create view delivery_failure as
select e.event_id,
       e.delivery_id,
       d.route,
       d.file_id,
       f.path,
       d.recipient,
       d.placed_as,
       e.at,
       e.reason,
       e.detail,
       case when d.state = 'HELD' and last.event_id = e.event_id then 'OPEN' else 'SUPERSEDED' end as state
from delivery_event e
         join delivery d on d.delivery_id = e.delivery_id
         join data_file f on f.file_id = d.file_id
         join lateral (select h.event_id
                       from delivery_event h
                       where h.delivery_id = e.delivery_id and h.to_state = 'HELD' and h.from_state <> 'HELD'
                       order by h.event_id desc
                       limit 1) last on true
where e.to_state = 'HELD' and e.from_state <> 'HELD';
comment on view delivery_failure is 'Every time a delivery was held, in exactly one state; what is OPEN needs a person';
comment on column delivery_failure.event_id is 'The event by which it was';
comment on column delivery_failure.delivery_id is 'Ledger id of the delivery';
comment on column delivery_failure.route is 'Name of the route';
comment on column delivery_failure.file_id is 'Ledger id of the file';
comment on column delivery_failure.path is 'Path of the file in its datasets, without an encryption suffix';
comment on column delivery_failure.recipient is 'Name of the recipient in the route';
comment on column delivery_failure.placed_as is 'Path below the channel''s folder under which it is to be placed';
comment on column delivery_failure.at is 'When (UTC)';
comment on column delivery_failure.reason is 'Code of the reason';
comment on column delivery_failure.detail is 'What was expected and what was found';
comment on column delivery_failure.state is 'OPEN, or SUPERSEDED (it has left HELD since)';

create view receipt_history as
select r.delivery_id,
       d.file_id,
       d.route,
       f.path,
       d.recipient,
       d.placed_as,
       r.rung,
       r.at,
       case
           when r.rung = 'P3' then 'acknowledgement ' || a.name
           else s.log || ' at byte ' || r.line_offset || ' of ' || s.file_name || ': ' || q.client
                    || case when q.user_name = '' then '' else ' (' || q.user_name || ')' end || ' ' || q.status
           end      as evidence,
       run.ended_at as known_at,
       r.run_id
from receipt r
         join delivery d on d.delivery_id = r.delivery_id
         join data_file f on f.file_id = d.file_id
         join run on run.run_id = r.run_id
         left join ack_file a on a.ack_id = r.ack_id
         left join log_stream s on s.stream_id = r.stream_id
         left join log_request q on q.stream_id = r.stream_id and q.line_offset = r.line_offset;
comment on view receipt_history is 'What is proved of deliveries, once per rung; what was known at a time T: known_at < T';
comment on column receipt_history.delivery_id is 'Ledger id of the delivery';
comment on column receipt_history.file_id is 'Ledger id of the file';
comment on column receipt_history.route is 'Name of the route';
comment on column receipt_history.path is 'Path of the file in its datasets, without an encryption suffix';
comment on column receipt_history.recipient is 'Name of the recipient in the route';
comment on column receipt_history.placed_as is 'Path below the channel''s folder under which it was placed';
comment on column receipt_history.rung is 'P1: the recipient asked for it; P2: it was sent in full; P3: the recipient returned its SHA-256. From P2 on a delivery counts as acknowledged';
comment on column receipt_history.at is 'Time of the evidence (UTC)';
comment on column receipt_history.evidence is 'The line of a log, or the acknowledgement, that proves it; the log by its present file name';
comment on column receipt_history.known_at is 'When the run that found it ended (UTC); null while it runs';
comment on column receipt_history.run_id is 'The run that found it';
