-- Acknowledgement: what access logs say of the files that were delivered, and what that proves. A log is known by its beginning,
-- each of its lines counts once, and what it proves is never changed.

create table log_stream (
    stream_id   bigint generated always as identity primary key,
    route       text        not null,
    log         text        not null check (log <> ''),
    head_sha256 text        not null check (head_sha256 ~ '^[0-9a-f]{64}$'),
    head_bytes  int         not null check (head_bytes > 0),
    file_name   text        not null,
    position    bigint      not null default 0 check (position >= 0),
    last_at     timestamptz,
    began_at    timestamptz not null,
    ended_as    text check (ended_as in ('COMPRESSED', 'LOST')),
    unique (route, log, head_sha256, head_bytes)
);
comment on table log_stream is 'Access logs, each from its first to its last line, whatever it was called meanwhile';
comment on column log_stream.stream_id is 'Ledger id of the log';
comment on column log_stream.route is 'Name of the route';
comment on column log_stream.log is 'Name of the log in the route';
comment on column log_stream.head_sha256 is 'SHA-256 of its beginning, lower-case hexadecimal: what it is known by';
comment on column log_stream.head_bytes is 'Of how many uncompressed bytes that is; grows while the log is short';
comment on column log_stream.file_name is 'What its file was called when it was read last';
comment on column log_stream.position is 'Up to where it was read: uncompressed bytes, to behind the last complete line';
comment on column log_stream.last_at is 'Time of the last request in it that was read (UTC)';
comment on column log_stream.began_at is 'When it was seen first (UTC)';
comment on column log_stream.ended_as is 'COMPRESSED: read to the end of its compressed file; LOST: no file has it any more, though it may have had more lines; null: may go on';

create table log_reading (
    stream_id     bigint not null references log_stream,
    from_position bigint not null check (from_position >= 0),
    to_position   bigint not null,
    run_id        bigint not null references run,
    lines         bigint not null check (lines > 0),
    primary key (stream_id, from_position),
    check (to_position > from_position)
);
create index log_reading_run on log_reading (run_id);
comment on table log_reading is 'Which run read which piece of a log; the pieces of a log follow each other without gap; rows are only ever added';
comment on column log_reading.stream_id is 'The log';
comment on column log_reading.from_position is 'First byte, uncompressed';
comment on column log_reading.to_position is 'Byte behind the last line, uncompressed';
comment on column log_reading.run_id is 'The run';
comment on column log_reading.lines is 'Lines in it: those that are facts, ignored, or unparseable';

create table log_ignored (
    stream_id     bigint not null,
    from_position bigint not null,
    rule          text   not null,
    lines         bigint not null check (lines > 0),
    primary key (stream_id, from_position, rule),
    foreign key (stream_id, from_position) references log_reading
);
comment on table log_ignored is 'How many lines of a piece of a log prove nothing, by the rule that says so; rows are only ever added';
comment on column log_ignored.stream_id is 'The log';
comment on column log_ignored.from_position is 'The piece';
comment on column log_ignored.rule is 'Code of the rule';
comment on column log_ignored.lines is 'How many lines';

create table log_unparseable (
    stream_id     bigint not null,
    line_offset   bigint not null,
    from_position bigint not null,
    fault         text   not null,
    line          text   not null,
    primary key (stream_id, line_offset),
    foreign key (stream_id, from_position) references log_reading
);
comment on table log_unparseable is 'Lines of logs that could not be read; rows are only ever added';
comment on column log_unparseable.stream_id is 'The log';
comment on column log_unparseable.line_offset is 'Where the line begins, uncompressed bytes';
comment on column log_unparseable.from_position is 'The piece';
comment on column log_unparseable.fault is 'Code of what is wrong';
comment on column log_unparseable.line is 'The line, at most its first 1,000 bytes; control characters as ?';

create table log_gap (
    stream_id bigint primary key references log_stream,
    from_at   timestamptz not null,
    to_at     timestamptz not null,
    why       text        not null,
    run_id    bigint      not null references run
);
comment on table log_gap is 'Logs that were lost before their end was known: requests of that time may be missing; rows are only ever added';
comment on column log_gap.stream_id is 'The log that was lost';
comment on column log_gap.from_at is 'Time of the last request that was read in it (UTC), or when it was seen first';
comment on column log_gap.to_at is 'When its loss was noticed (UTC)';
comment on column log_gap.why is 'What was found';
comment on column log_gap.run_id is 'The run that noticed';

create table log_request (
    stream_id      bigint      not null,
    line_offset    bigint      not null,
    from_position  bigint      not null,
    delivery_id    bigint      not null references delivery,
    at             timestamptz not null,
    client         text        not null,
    user_name      text        not null,
    status         int         not null,
    response_bytes bigint,
    completion     text        not null check (completion in ('COMPLETED', 'ABORTED', 'UNKNOWN')),
    piece_from     bigint,
    piece_to       bigint,
    etag           text        not null,
    agent          text        not null,
    primary key (stream_id, line_offset),
    foreign key (stream_id, from_position) references log_reading,
    check ((piece_from is null) = (piece_to is null))
);
create index log_request_delivery on log_request (delivery_id);
create index log_request_reading on log_request (stream_id, from_position);
comment on table log_request is 'Requests of recipients for what was delivered to them, one per line of a log; rows are only ever added';
comment on column log_request.stream_id is 'The log';
comment on column log_request.line_offset is 'Where the line begins, uncompressed bytes';
comment on column log_request.from_position is 'The piece of the log';
comment on column log_request.delivery_id is 'What was asked for';
comment on column log_request.at is 'When, as the server says (UTC)';
comment on column log_request.client is 'Address of the client, or of its proxy; empty if the log has none';
comment on column log_request.user_name is 'User who was logged in; empty for none';
comment on column log_request.status is 'Status of the response: 200 or 206';
comment on column log_request.response_bytes is 'Size of the response in bytes; null if the log does not say';
comment on column log_request.completion is 'Whether the server sent all of it, as it says';
comment on column log_request.piece_from is 'First byte of this version that was sent to the end; null if none is proved';
comment on column log_request.piece_to is 'Byte behind the last one of that';
comment on column log_request.etag is 'ETag of the response; empty if the log has none';
comment on column log_request.agent is 'The client program, as it says; empty if the log has none';

create table ack_file (
    ack_id      bigint generated always as identity primary key,
    route       text        not null,
    recipient   text        not null,
    name        text        not null,
    sha256      text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
    finding     text        not null check (finding in ('PLACED', 'PLAINTEXT', 'WRONG_HASH', 'UNKNOWN_FILE', 'UNREADABLE')),
    claimed     text        not null check (claimed = '' or claimed ~ '^[0-9a-f]{64}$'),
    delivery_id bigint references delivery,
    taken_at    timestamptz not null,
    run_id      bigint      not null references run,
    unique (route, recipient, name, sha256),
    check (finding not in ('PLACED', 'PLAINTEXT') or delivery_id is not null)
);
create index ack_file_run on ack_file (run_id);
comment on table ack_file is 'Acknowledgements that recipients wrote; rows are only ever added';
comment on column ack_file.ack_id is 'Ledger id; the file is kept under it';
comment on column ack_file.route is 'Name of the route';
comment on column ack_file.recipient is 'Whose folder it lay in';
comment on column ack_file.name is 'Its path in that folder';
comment on column ack_file.sha256 is 'SHA-256 of its own bytes, lower-case hexadecimal';
comment on column ack_file.finding is 'PLACED: it has the SHA-256 of what was placed; PLAINTEXT: that of its plaintext; WRONG_HASH: neither; UNKNOWN_FILE: nothing of that name was delivered; UNREADABLE: no SHA-256 in it';
comment on column ack_file.claimed is 'The SHA-256 in it; empty for none';
comment on column ack_file.delivery_id is 'What it acknowledges';
comment on column ack_file.taken_at is 'When it was taken (UTC)';
comment on column ack_file.run_id is 'The run that took it';

create table receipt (
    delivery_id bigint      not null references delivery,
    rung        text        not null check (rung in ('P1', 'P2', 'P3')),
    at          timestamptz not null,
    stream_id   bigint,
    line_offset bigint,
    ack_id      bigint references ack_file,
    run_id      bigint      not null references run,
    primary key (delivery_id, rung),
    foreign key (stream_id, line_offset) references log_request,
    check ((rung = 'P3') = (ack_id is not null)),
    check ((rung = 'P3') = (stream_id is null))
);
create index receipt_run on receipt (run_id);
comment on table receipt is 'What is proved of a delivery, at most once per rung; rows are only ever added';
comment on column receipt.delivery_id is 'The delivery';
comment on column receipt.rung is 'P1: the recipient asked for it; P2: it was sent in full; P3: the recipient returned its SHA-256';
comment on column receipt.at is 'Time of the evidence (UTC)';
comment on column receipt.stream_id is 'Of P1 and P2: the log of the request that proves it; of a file sent in pieces the last one';
comment on column receipt.line_offset is 'Where its line begins, uncompressed bytes';
comment on column receipt.ack_id is 'Of P3: the acknowledgement';
comment on column receipt.run_id is 'The run that found it';

do $$
declare
    history text;
begin
    foreach history in array array ['log_reading', 'log_ignored', 'log_unparseable', 'log_gap', 'log_request', 'ack_file', 'receipt']
    loop
        execute format('create trigger %I before update or delete on %I for each row execute function refuse_change()',
                       history || '_append_only', history);
        execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()',
                       history || '_not_emptied', history);
    end loop;
end $$;

create view receipt_overview as
select d.delivery_id, d.route, d.recipient, d.file_id, f.path, d.placed_as, d.state, d.delivered_at,
       coalesce(r.rung, 'P0') as rung,
       coalesce(r.at, d.delivered_at) as since,
       case
           when r.rung is null then 'placed'
           when r.rung = 'P3' then 'acknowledgement ' || a.name
           else s.log || ' at byte ' || r.line_offset || ' of ' || s.file_name || ': ' || q.client
                    || case when q.user_name = '' then '' else ' (' || q.user_name || ')' end || ' ' || q.status
           end as evidence,
       d.acknowledge_by,
       d.state = 'DELIVERED' and d.acknowledge_by < now() and coalesce(r.rung, 'P0') in ('P0', 'P1') as overdue
from delivery d
         join data_file f using (file_id)
         left join lateral (select * from receipt where delivery_id = d.delivery_id order by rung desc limit 1) r on true
         left join ack_file a on a.ack_id = r.ack_id
         left join log_stream s on s.stream_id = r.stream_id
         left join log_request q on q.stream_id = r.stream_id and q.line_offset = r.line_offset
where d.delivered_at is not null;
comment on view receipt_overview is 'Each delivery that was placed, with the highest rung that is proved of it (P0: placed only), since when, and by what evidence; overdue: less than sent in full when it should be acknowledged';
comment on column receipt_overview.delivery_id is 'Ledger id of the delivery';
comment on column receipt_overview.route is 'Name of the route';
comment on column receipt_overview.recipient is 'Name of the recipient in the route';
comment on column receipt_overview.file_id is 'Ledger id of the file';
comment on column receipt_overview.path is 'Path of the file in its datasets, without an encryption suffix';
comment on column receipt_overview.placed_as is 'Path below the channel''s folder under which it was placed';
comment on column receipt_overview.state is 'State of the delivery';
comment on column receipt_overview.delivered_at is 'When it was placed last (UTC)';
comment on column receipt_overview.rung is 'The highest one that is proved; P0: placed only';
comment on column receipt_overview.since is 'Time of the evidence (UTC); of P0 of the placing';
comment on column receipt_overview.evidence is 'The line of a log, or the acknowledgement, that proves it';
comment on column receipt_overview.acknowledge_by is 'When an acknowledgement is overdue (UTC); null: never';
comment on column receipt_overview.overdue is 'Whether less than P2 is proved when it should be acknowledged';
