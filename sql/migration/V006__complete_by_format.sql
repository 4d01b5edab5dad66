-- OpenPGP authenticates a message as a whole, so that its end is proven without a declaration.
alter table data_file drop constraint data_file_complete_by_check;
alter table data_file add constraint data_file_complete_by_check
    check (complete_by in ('DIGEST', 'SIZE', 'FORMAT', 'UNPROVEN'));
comment on column data_file.complete_by is 'What proves that nothing is missing: a declared DIGEST or SIZE that matched, the FORMAT that authenticates the whole file, or nothing (UNPROVEN)';
