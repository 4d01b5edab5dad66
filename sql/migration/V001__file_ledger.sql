-- The ledger: which files there are, where each one is, and every event of its life.

create table dataset (
    dataset_id   bigint generated always as identity primary key,
    route        text        not null,
    name         text        not null,
    requested_at timestamptz not null,
    unique (route, name)
);
comment on table dataset is 'Files that belong together: an EGA dataset, a manifest';
comment on column dataset.dataset_id is 'Ledger id of the dataset';
comment on column dataset.route is 'Name of the route that its files take';
comment on column dataset.name is 'Its name in its manifest: a dataset id, or the name of the manifest without its ending';
comment on column dataset.requested_at is 'When intake took its manifest (UTC)';

create table manifest (
    manifest_id bigint generated always as identity primary key,
    route       text        not null,
    name        text        not null,
    sha256      text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
    format      text,
    outcome     text        not null check (outcome in ('READING', 'TAKEN', 'CONFLICT', 'UNREADABLE')),
    detail      text,
    rows        bigint      not null default 0 check (rows >= 0),
    accepted    bigint      not null default 0 check (accepted >= 0),
    rejected    bigint      not null default 0 check (rejected >= 0),
    run_id      bigint      not null,
    seen_at     timestamptz not null,
    unique (route, name, sha256),
    check (outcome <> 'TAKEN' or rows = accepted + rejected)
);
comment on table manifest is 'Manifests that intake has seen, each once by name and content';
comment on column manifest.manifest_id is 'Ledger id of the manifest';
comment on column manifest.route is 'Name of the route whose folder it lay in';
comment on column manifest.name is 'Its file name';
comment on column manifest.sha256 is 'SHA-256 of its bytes, lower-case hexadecimal';
comment on column manifest.format is 'The format that was recognised by content';
comment on column manifest.outcome is 'READING: not finished; TAKEN: its good rows are in the ledger; CONFLICT: it changes a known dataset and nothing was taken; UNREADABLE: nothing could be taken';
comment on column manifest.detail is 'Why it is in conflict or unreadable';
comment on column manifest.rows is 'Rows found in it, headers and blank lines not counted';
comment on column manifest.accepted is 'Rows that are in the ledger';
comment on column manifest.rejected is 'Rows that are in manifest_reject';
comment on column manifest.run_id is 'The run that read it last';
comment on column manifest.seen_at is 'When it was read last (UTC)';

create table manifest_reject (
    manifest_id bigint not null references manifest,
    line        bigint not null check (line > 0),
    fault       text   not null,
    detail      text   not null
);
create index manifest_reject_manifest on manifest_reject (manifest_id, line);
comment on table manifest_reject is 'Rows of manifests that were not taken';
comment on column manifest_reject.manifest_id is 'The manifest';
comment on column manifest_reject.line is 'Line in the manifest, the first one is 1';
comment on column manifest_reject.fault is 'Code of the fault';
comment on column manifest_reject.detail is 'What was found, and what to do';

create unlogged table manifest_row (
    manifest_id    bigint not null,
    line           bigint not null,
    dataset        text   not null,
    path           text   not null,
    twin_key       text   not null,
    size_plain     bigint,
    size_encrypted bigint,
    checksums      text[] not null
);
create index manifest_row_manifest on manifest_row (manifest_id, twin_key);
comment on table manifest_row is 'Well-formed rows of manifests between being read and being admitted; emptied by each run, lost in a crash without harm';
comment on column manifest_row.manifest_id is 'The manifest';
comment on column manifest_row.line is 'Line in the manifest, the first one is 1';
comment on column manifest_row.dataset is 'Name of the dataset that the row belongs to';
comment on column manifest_row.path is 'Path in the dataset without an encryption suffix';
comment on column manifest_row.twin_key is 'The path in Unicode normal form C with its case folded: equal for twins';
comment on column manifest_row.size_plain is 'Declared size of the plaintext in bytes';
comment on column manifest_row.size_encrypted is 'Declared size of the encrypted file in bytes';
comment on column manifest_row.checksums is 'Declared checksums, each as SIDE:ALGORITHM:hex';

create table data_file (
    file_id                 bigint generated always as identity primary key,
    route                   text        not null,
    path                    text        not null check (path <> ''),
    state                   text        not null check (state in ('EXPECTED', 'ARRIVED', 'PROCESSED', 'ARCHIVED', 'QUARANTINED')),
    declared_size_plain     bigint check (declared_size_plain >= 0),
    declared_size_encrypted bigint check (declared_size_encrypted >= 0),
    expected_at             timestamptz not null,
    arrived_at              timestamptz,
    arrived_as              text,
    arrival_rule            text check (arrival_rule in ('QUIET', 'DECLARED_SIZE', 'RENAMED', 'DONE_FILE')),
    received_size           bigint check (received_size >= 0),
    processed_at            timestamptz,
    received_format         text,
    plain_size              bigint check (plain_size >= 0),
    plain_md5               text check (plain_md5 ~ '^[0-9a-f]{32}$'),
    plain_sha256            text check (plain_sha256 ~ '^[0-9a-f]{64}$'),
    complete_by             text check (complete_by in ('DIGEST', 'SIZE', 'UNPROVEN')),
    archived_size           bigint check (archived_size >= 0),
    archived_md5            text check (archived_md5 ~ '^[0-9a-f]{32}$'),
    archived_sha256         text check (archived_sha256 ~ '^[0-9a-f]{64}$'),
    archived_at             timestamptz,
    reason                  text,
    held_state              text check (held_state in ('EXPECTED', 'ARRIVED', 'PROCESSED', 'ARCHIVED')),
    check ((state = 'QUARANTINED') = (held_state is not null and reason is not null)),
    check (state <> 'ARRIVED' or (arrived_at is not null and arrival_rule is not null and received_size is not null)),
    check (state not in ('PROCESSED', 'ARCHIVED') or (plain_sha256 is not null and archived_sha256 is not null))
);
create unique index data_file_open_path on data_file (route, path) where state <> 'ARCHIVED' and held_state is distinct from 'ARCHIVED';
create index data_file_path on data_file (route, path text_pattern_ops);
create index data_file_state on data_file (route, state, file_id) where state <> 'ARCHIVED';
comment on table data_file is 'Data files; a row is made by intake and never deleted';
comment on column data_file.file_id is 'Ledger id: the identity of the file';
comment on column data_file.route is 'Name of the route that it takes';
comment on column data_file.path is 'Path in its datasets, segments divided by /, without an encryption suffix';
comment on column data_file.state is 'Where it is: EXPECTED, ARRIVED, PROCESSED, ARCHIVED or QUARANTINED';
comment on column data_file.declared_size_plain is 'Declared size of the plaintext in bytes';
comment on column data_file.declared_size_encrypted is 'Declared size of the file as sent in bytes';
comment on column data_file.expected_at is 'When intake made the row (UTC)';
comment on column data_file.arrived_at is 'When it was found to have arrived (UTC)';
comment on column data_file.arrived_as is 'Path below the incoming folder under which it arrived';
comment on column data_file.arrival_rule is 'Why it counted as arrived';
comment on column data_file.received_size is 'Size of the file as it arrived in bytes';
comment on column data_file.processed_at is 'When it was verified and re-encrypted (UTC)';
comment on column data_file.received_format is 'How it arrived: CRYPT4GH, EGA_AES, PLAIN';
comment on column data_file.plain_size is 'Measured size of the plaintext in bytes';
comment on column data_file.plain_md5 is 'Measured MD5 of the plaintext, lower-case hexadecimal';
comment on column data_file.plain_sha256 is 'Measured SHA-256 of the plaintext, lower-case hexadecimal';
comment on column data_file.complete_by is 'What proves that nothing is missing: a declared DIGEST, a declared SIZE, or nothing (UNPROVEN)';
comment on column data_file.archived_size is 'Size of the re-encrypted file in bytes';
comment on column data_file.archived_md5 is 'Measured MD5 of the re-encrypted file, lower-case hexadecimal';
comment on column data_file.archived_sha256 is 'Measured SHA-256 of the re-encrypted file, lower-case hexadecimal';
comment on column data_file.archived_at is 'When it was published in the archive (UTC)';
comment on column data_file.reason is 'Reason code of its quarantine, only while it is there';
comment on column data_file.held_state is 'The state that readmission gives back, only while in quarantine';

create table dataset_file (
    dataset_id    bigint not null references dataset,
    file_id       bigint not null references data_file,
    manifest_id   bigint not null references manifest,
    line          bigint not null,
    archived_as   text,
    primary key (dataset_id, file_id)
);
create index dataset_file_file on dataset_file (file_id);
create index dataset_file_unpublished on dataset_file (file_id) where archived_as is null;
comment on table dataset_file is 'Which files belong to which datasets';
comment on column dataset_file.dataset_id is 'The dataset';
comment on column dataset_file.file_id is 'The file';
comment on column dataset_file.manifest_id is 'The manifest that says so';
comment on column dataset_file.line is 'Its line there';
comment on column dataset_file.archived_as is 'Path below the archive folder, once it is published for this dataset';

create table declared_checksum (
    file_id     bigint not null references data_file,
    side        text   not null check (side in ('ENCRYPTED', 'PLAIN')),
    algorithm   text   not null check (algorithm in ('MD5', 'SHA1', 'SHA256', 'SHA512')),
    value       text   not null check (value ~ '^[0-9a-f]+$'),
    manifest_id bigint not null references manifest,
    primary key (file_id, side, algorithm)
);
comment on table declared_checksum is 'Checksums that manifests declare; all of them must match';
comment on column declared_checksum.file_id is 'The file';
comment on column declared_checksum.side is 'Of the file as sent (ENCRYPTED) or of its PLAIN content';
comment on column declared_checksum.algorithm is 'MD5, SHA1, SHA256 or SHA512';
comment on column declared_checksum.value is 'Lower-case hexadecimal';
comment on column declared_checksum.manifest_id is 'The manifest that declared it first';

create view known_checksum as
select file_id, side, algorithm, value
from declared_checksum
union all
select file_id, 'PLAIN', 'MD5', plain_md5
from data_file
where coalesce(held_state, state) in ('PROCESSED', 'ARCHIVED') and plain_md5 is not null
union all
select file_id, 'PLAIN', 'SHA256', plain_sha256
from data_file
where coalesce(held_state, state) in ('PROCESSED', 'ARCHIVED') and plain_sha256 is not null;
comment on view known_checksum is 'Checksums of files as manifests declare them, and as they were measured where processing has verified a file';
comment on column known_checksum.file_id is 'The file';
comment on column known_checksum.side is 'Of the file as sent (ENCRYPTED) or of its PLAIN content';
comment on column known_checksum.algorithm is 'MD5, SHA1, SHA256 or SHA512';
comment on column known_checksum.value is 'Lower-case hexadecimal';

create table file_event (
    event_id   bigint generated always as identity primary key,
    file_id    bigint      not null references data_file,
    at         timestamptz not null,
    from_state text,
    to_state   text        not null,
    reason     text        not null,
    detail     text        not null default '',
    run_id     bigint,
    actor      text        not null
);
create index file_event_file on file_event (file_id, event_id);
create index file_event_run on file_event (run_id, to_state) where run_id is not null;
comment on table file_event is 'Every event in the life of a file; rows are only ever added';
comment on column file_event.event_id is 'Order of the events';
comment on column file_event.file_id is 'The file';
comment on column file_event.at is 'When (UTC, the clock of the machine that did it)';
comment on column file_event.from_state is 'State before; null when the row was made';
comment on column file_event.to_state is 'State after; the same as before for an event that moves nothing';
comment on column file_event.reason is 'Code of what happened';
comment on column file_event.detail is 'What was expected and what was found';
comment on column file_event.run_id is 'The run that did it; null when a person did';
comment on column file_event.actor is 'Who: the stage, or the user of the operating system';

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only: % refused', tg_table_name, tg_op;
end $$;
comment on function refuse_change() is 'Keeps history append-only';
create trigger file_event_append_only before update or delete on file_event
    for each row execute function refuse_change();
create trigger file_event_not_emptied before truncate on file_event
    for each statement execute function refuse_change();
create trigger data_file_kept before delete on data_file
    for each row execute function refuse_change();

create table observation (
    route         text        not null,
    path          text        not null,
    match_path    text        not null,
    match_name    text        not null,
    size_bytes    bigint      not null check (size_bytes >= 0),
    modified_ns   bigint      not null,
    changed_ns    bigint      not null,
    inode         bigint      not null,
    first_seen_at timestamptz not null,
    counted_at    timestamptz not null,
    observations  int         not null check (observations > 0),
    look          bigint      not null,
    done_file     boolean     not null,
    fault         text,
    file_id       bigint references data_file,
    arrival_rule  text check (arrival_rule in ('QUIET', 'DECLARED_SIZE', 'RENAMED', 'DONE_FILE')),
    primary key (route, path),
    check ((file_id is null) = (arrival_rule is null))
);
create index observation_match on observation (route, match_path);
create index observation_name on observation (route, match_name);
create unique index observation_file on observation (file_id) where file_id is not null;
comment on table observation is 'Files that lie in an incoming folder, as they were seen last';
comment on column observation.route is 'Name of the route whose folder it is';
comment on column observation.path is 'Path below the incoming folder, segments divided by /';
comment on column observation.match_path is 'The path without its encryption suffix: what manifests call it';
comment on column observation.match_name is 'Last segment of match_path';
comment on column observation.size_bytes is 'Size in bytes';
comment on column observation.modified_ns is 'Time of last modification in ns since 1970, which its producer can set';
comment on column observation.changed_ns is 'Time of last inode change in ns since 1970, which its producer cannot set';
comment on column observation.inode is 'Inode number';
comment on column observation.first_seen_at is 'When it was first seen, whatever it looked like (UTC, our clock)';
comment on column observation.counted_at is 'When the last observation was counted (UTC, our clock)';
comment on column observation.observations is 'How many counted observations in a row found it unchanged, the first one included';
comment on column observation.look is 'Number of the look that saw it last';
comment on column observation.done_file is 'Whether its producer wrote a done-file beside it';
comment on column observation.fault is 'Why it can never arrive: a link, a pipe, an unreadable folder or name; null for a regular file';
comment on column observation.file_id is 'The expected file that it is, once it has arrived: from then on it is being moved out of the folder';
comment on column observation.arrival_rule is 'Why it counts as arrived';

create sequence look_number;
comment on sequence look_number is 'Numbers the looks at incoming folders';

create view dataset_overview as
select d.dataset_id,
       d.route,
       d.name,
       count(f.file_id)                                                                             as files,
       count(f.file_id) filter (where f.arrived_at is not null)                                     as arrived,
       count(f.file_id) filter (where f.processed_at is not null)                                   as processed,
       count(f.file_id) filter (where f.state = 'ARCHIVED' and df.archived_as is not null)          as archived,
       count(f.file_id) filter (where f.state = 'QUARANTINED')                                      as quarantined,
       count(f.file_id) filter (where f.state = 'EXPECTED')                                         as missing,
       coalesce(sum(f.plain_size), 0)::bigint                                                       as plain_bytes,
       d.requested_at,
       min(f.arrived_at)                                                                            as first_arrival_at,
       max(f.arrived_at)                                                                            as last_arrival_at,
       case when count(f.file_id) filter (where f.state in ('EXPECTED', 'ARRIVED', 'QUARANTINED')) = 0
            then max(f.processed_at) end                                                            as processing_ended_at
from dataset d
         left join dataset_file df on df.dataset_id = d.dataset_id
         left join data_file f on f.file_id = df.file_id
group by d.dataset_id;
comment on view dataset_overview is 'Each dataset with its counts and its four dates';
comment on column dataset_overview.dataset_id is 'Ledger id of the dataset';
comment on column dataset_overview.route is 'Name of the route';
comment on column dataset_overview.name is 'Name of the dataset';
comment on column dataset_overview.files is 'Files that its manifest declares';
comment on column dataset_overview.arrived is 'Files of these that have arrived, wherever they are now';
comment on column dataset_overview.processed is 'Files of these that were verified and re-encrypted';
comment on column dataset_overview.archived is 'Files of these that are published in the archive for this dataset';
comment on column dataset_overview.quarantined is 'Files of these that wait for a person';
comment on column dataset_overview.missing is 'Files of these that have not arrived';
comment on column dataset_overview.plain_bytes is 'Measured plaintext bytes of its processed files';
comment on column dataset_overview.requested_at is 'When its manifest was taken (UTC)';
comment on column dataset_overview.first_arrival_at is 'When its first file arrived (UTC)';
comment on column dataset_overview.last_arrival_at is 'When its last file so far arrived (UTC)';
comment on column dataset_overview.processing_ended_at is 'When its last file was processed; null while one is missing, waiting or in quarantine (UTC)';
