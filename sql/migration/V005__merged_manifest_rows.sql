-- Rows of one manifest that complete each other: the encrypted and the plain side of one file, say, on a line each.
alter table manifest add column merged bigint not null default 0 check (merged >= 0);
comment on column manifest.merged is 'Rows, counted in accepted, that complete an earlier row of the same file and dataset';
