-- A log that was read to its end, while a later one was being written, may go without being missed; and a short copy of a log is
-- known by its first line.

alter table log_stream
    add column first_sha256 text not null check (first_sha256 ~ '^[0-9a-f]{64}$'),
    add column first_bytes int not null check (first_bytes > 0),
    add column whole_at timestamptz,
    drop constraint log_stream_ended_as_check,
    add constraint log_stream_ended_as_check check (ended_as in ('COMPRESSED', 'ROTATED', 'LOST'));
comment on column log_stream.first_sha256 is 'SHA-256 of its first line, or of its first 4,096 bytes if that is longer: a file that is shorter than the beginning is known by it';
comment on column log_stream.first_bytes is 'Of how many uncompressed bytes that is';
comment on column log_stream.whole_at is 'When its file was last seen with nothing behind the position while a later log had lines (UTC); null: not yet, or it has grown since';
comment on column log_stream.ended_as is 'COMPRESSED: read to the end of its compressed file; ROTATED: read to its end, and no file has it any more; LOST: no file has it any more, or what has it is damaged, though it may have had more lines; null: may go on';

-- Stable views, like those of V009 and V017.

create view log_reading_history as
select r.stream_id,
       s.route,
       s.log,
       r.from_position,
       r.to_position,
       r.lines,
       (select count(*) from log_request q
        where q.stream_id = r.stream_id and q.from_position = r.from_position)    as requests,
       (select coalesce(sum(i.lines), 0)::bigint from log_ignored i
        where i.stream_id = r.stream_id and i.from_position = r.from_position)    as ignored,
       (select count(*) from log_unparseable u
        where u.stream_id = r.stream_id and u.from_position = r.from_position)    as unparseable,
       run.ended_at                                                               as known_at,
       r.run_id
from log_reading r
         join log_stream s on s.stream_id = r.stream_id
         join run on run.run_id = r.run_id;
comment on view log_reading_history is 'Every piece of an access log that was read, once; lines = requests + ignored + unparseable';
comment on column log_reading_history.stream_id is 'Ledger id of the log';
comment on column log_reading_history.route is 'Name of the route';
comment on column log_reading_history.log is 'Name of the log in the route';
comment on column log_reading_history.from_position is 'First byte, uncompressed';
comment on column log_reading_history.to_position is 'Byte behind the last line, uncompressed';
comment on column log_reading_history.lines is 'Lines in it';
comment on column log_reading_history.requests is 'Those that are requests of recipients for what was delivered to them';
comment on column log_reading_history.ignored is 'Those that prove nothing';
comment on column log_reading_history.unparseable is 'Those that could not be read';
comment on column log_reading_history.known_at is 'When the run that read it ended (UTC); null while it runs';
comment on column log_reading_history.run_id is 'The run that read it';

create view log_gap_history as
select g.stream_id, s.route, s.log, g.from_at, g.to_at, g.why, run.ended_at as known_at, g.run_id
from log_gap g
         join log_stream s on s.stream_id = g.stream_id
         join run on run.run_id = g.run_id;
comment on view log_gap_history is 'Access logs that were lost before their end was known: requests of that time may be missing';
comment on column log_gap_history.stream_id is 'Ledger id of the log';
comment on column log_gap_history.route is 'Name of the route';
comment on column log_gap_history.log is 'Name of the log in the route';
comment on column log_gap_history.from_at is 'Time of the last request that was read in it (UTC), or when it was seen first';
comment on column log_gap_history.to_at is 'When its loss was noticed (UTC)';
comment on column log_gap_history.why is 'What was found';
comment on column log_gap_history.known_at is 'When the run that noticed ended (UTC); null while it runs';
comment on column log_gap_history.run_id is 'The run that noticed';

create view ack_history as
select a.ack_id, a.route, a.recipient, a.name, a.finding, a.delivery_id, a.taken_at, run.ended_at as known_at, a.run_id
from ack_file a
         join run on run.run_id = a.run_id;
comment on view ack_history is 'Every acknowledgement that a recipient wrote, once';
comment on column ack_history.ack_id is 'Ledger id; the file is kept under it';
comment on column ack_history.route is 'Name of the route';
comment on column ack_history.recipient is 'Whose folder it lay in';
comment on column ack_history.name is 'Its path in that folder';
comment on column ack_history.finding is 'PLACED or PLAINTEXT: a receipt; WRONG_HASH, UNKNOWN_FILE or UNREADABLE: none';
comment on column ack_history.delivery_id is 'What it is for; null if that is not known';
comment on column ack_history.taken_at is 'When it was taken (UTC)';
comment on column ack_history.known_at is 'When the run that took it ended (UTC); null while it runs';
comment on column ack_history.run_id is 'The run that took it';
