-- Key rotation: whose keys open what stands in the archive, and changes of headers that are under way.
alter table data_file
    add column archived_for     text[],
    add column archived_not_for text[] not null default '{}';
comment on column data_file.archived_for is 'Public keys (base64, sorted) that the re-encrypted file is for; null for files processed before this was recorded';
comment on column data_file.archived_not_for is 'Public keys (base64) that were tried on a file of which archived_for is null, and do not open it';
create index data_file_archived_sha256 on data_file (route, archived_sha256) where archived_sha256 is not null;

create table header_change (
    route       text        not null,
    old_sha256  text        not null check (old_sha256 ~ '^[0-9a-f]{64}$'),
    old_header  bytea       not null,
    new_header  bytea       not null,
    new_size    bigint      not null check (new_size > 0),
    new_md5     text        not null check (new_md5 ~ '^[0-9a-f]{32}$'),
    new_sha256  text        not null check (new_sha256 ~ '^[0-9a-f]{64}$'),
    new_for     text[]      not null,
    modified_ns bigint      not null,
    run_id      bigint      not null references run,
    intended_at timestamptz not null,
    primary key (route, old_sha256)
);
comment on table header_change is 'Headers of archived files that are being replaced: written before the file is touched, deleted with its record, so that neither the old key nor its packets are kept longer';
comment on column header_change.route is 'Name of the route';
comment on column header_change.old_sha256 is 'data_file.archived_sha256 of the files that have the old header';
comment on column header_change.old_header is 'The header before, as it stood in the file; opened by the old key only';
comment on column header_change.new_header is 'The header after; opened by the new recipients only';
comment on column header_change.new_size is 'Size of the file with the new header in bytes';
comment on column header_change.new_md5 is 'MD5 of the file with the new header, lower-case hexadecimal';
comment on column header_change.new_sha256 is 'SHA-256 of the file with the new header, lower-case hexadecimal';
comment on column header_change.new_for is 'Public keys (base64, sorted) that the new header is for';
comment on column header_change.modified_ns is 'Time of last modification before, in ns since 1970: given back afterwards';
comment on column header_change.run_id is 'The run that intends it';
comment on column header_change.intended_at is 'When (UTC)';
