-- Deliveries: which recipients get which files, in which form and where to, and every event of each. A file stays ARCHIVED:
-- it may have many recipients.

create table delivery (
    delivery_id    bigint generated always as identity primary key,
    route          text        not null,
    file_id        bigint      not null references data_file,
    recipient      text        not null check (recipient <> ''),
    label          text        not null default '',
    rule           text        not null,
    channel        text        not null,
    placed_as      text        not null check (placed_as <> ''),
    form           text        not null check (form in ('PLAIN', 'RECIPIENT_KEY', 'ARCHIVED')),
    header         bytea,
    state          text        not null check (state in ('PENDING', 'DELIVERED', 'HELD', 'REPLACED', 'RECALLING', 'RECALLED')),
    reason         text,
    decided_at     timestamptz not null,
    delivered_at   timestamptz,
    size_bytes     bigint check (size_bytes >= 0),
    sha256         text check (sha256 ~ '^[0-9a-f]{64}$'),
    verified_by    text check (verified_by in ('READ_BACK', 'SERVER_HASH')),
    forced         boolean,
    acknowledge_by timestamptz,
    unique (file_id, recipient),
    check ((state = 'HELD') = (reason is not null)),
    check (state <> 'DELIVERED' or num_nulls(delivered_at, size_bytes, sha256, verified_by, forced) = 0)
);
create index delivery_to_do on delivery (route, recipient, delivery_id) where state in ('PENDING', 'RECALLING');
create index delivery_placed on delivery (route, channel, placed_as);
create unique index delivery_standing on delivery (route, channel, placed_as) where state = 'DELIVERED';
comment on table delivery is 'Who is to get, or has got, which file; one row per recipient and version of a file, never deleted';
comment on column delivery.delivery_id is 'Ledger id of the delivery';
comment on column delivery.route is 'Name of the route';
comment on column delivery.file_id is 'The file: this version of it';
comment on column delivery.recipient is 'Name of the recipient in the route';
comment on column delivery.label is 'What the route calls the recipient for people; may be empty';
comment on column delivery.rule is 'Name of the rule of the route that says so, and what it found';
comment on column delivery.channel is 'Name of the channel of the route by which it goes';
comment on column delivery.placed_as is 'Path below the channel''s folder under which it is placed, segments divided by /';
comment on column delivery.form is 'PLAIN: decrypted; RECIPIENT_KEY: the archived body under a header for the recipient''s key; ARCHIVED: as it stands in the archive';
comment on column delivery.header is 'Of RECIPIENT_KEY: the header, which only the recipient can open, so that a broken transfer goes on with the same bytes; null until it was begun';
comment on column delivery.state is 'PENDING: to be sent; DELIVERED: placed and verified; HELD: a person must look, see reason; REPLACED: a later version was placed under the same name, or is to be; RECALLING: the next run takes it back, and what an attempt left; RECALLED: a person had it taken back';
comment on column delivery.reason is 'Why it is HELD, only while it is';
comment on column delivery.decided_at is 'When it was decided that the recipient gets it (UTC)';
comment on column delivery.delivered_at is 'When it was placed last (UTC)';
comment on column delivery.size_bytes is 'Size of what was placed in bytes';
comment on column delivery.sha256 is 'SHA-256 of what was placed, lower-case hexadecimal';
comment on column delivery.verified_by is 'How what stands at the recipient was compared with it: READ_BACK whole, or by a SERVER_HASH';
comment on column delivery.forced is 'Whether the other side was asked, and able, to force it to its disk';
comment on column delivery.acknowledge_by is 'When an acknowledgement is overdue (UTC); null: never';

create table delivery_event (
    event_id    bigint generated always as identity primary key,
    delivery_id bigint      not null references delivery,
    at          timestamptz not null,
    from_state  text,
    to_state    text        not null,
    reason      text        not null,
    detail      text        not null default '',
    run_id      bigint references run,
    actor       text        not null
);
create index delivery_event_delivery on delivery_event (delivery_id, event_id);
create index delivery_event_run on delivery_event (run_id, to_state) where run_id is not null;
comment on table delivery_event is 'Every event in the life of a delivery; rows are only ever added';
comment on column delivery_event.event_id is 'Order of the events';
comment on column delivery_event.delivery_id is 'The delivery';
comment on column delivery_event.at is 'When (UTC, the clock of the machine that did it)';
comment on column delivery_event.from_state is 'State before; null when the row was made';
comment on column delivery_event.to_state is 'State after';
comment on column delivery_event.reason is 'Code of what happened';
comment on column delivery_event.detail is 'What was expected and what was found';
comment on column delivery_event.run_id is 'The run that did it; null when a person did';
comment on column delivery_event.actor is 'Who: the stage, or the user of the operating system';
create trigger delivery_event_append_only before update or delete on delivery_event
    for each row execute function refuse_change();
create trigger delivery_event_not_emptied before truncate on delivery_event
    for each statement execute function refuse_change();
create trigger delivery_kept before delete on delivery
    for each row execute function refuse_change();

-- Parts of a delivery's launch: one for each recipient, so that one who cannot be reached holds up no other.
alter table part
    add column delivery_id bigint references delivery,
    drop constraint part_launch_id_file_id_key;
create unique index part_file on part (launch_id, file_id) where delivery_id is null;
create unique index part_delivery on part (launch_id, delivery_id) where delivery_id is not null;
comment on column part.delivery_id is 'The delivery, in launches of the stage delivery; null in others';
