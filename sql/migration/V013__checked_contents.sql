-- What proved that a content may leave. Why another one may not is in the event by which it went into quarantine.

create table checked_content (
    file_id          bigint primary key references data_file,
    checked_at       timestamptz not null,
    mime_type        text        not null,
    name_rule        text,
    page             integer check (page >= 1),
    position         integer check (position >= 0),
    command_exit     integer,
    check ((page is null) = (position is null))
);
comment on table checked_content is 'what the checks of a route found in files that passed them, when they were processed last; no row: their route had none';
comment on column checked_content.file_id is 'the file';
comment on column checked_content.checked_at is 'when';
comment on column checked_content.mime_type is 'what the content is, by content';
comment on column checked_content.name_rule is 'the pattern of the route that fits its name; null: the route has none';
comment on column checked_content.page is 'the page, counted from 1, on which the identifier of its name stands first; null: the route does not ask';
comment on column checked_content.position is 'how many characters of that page''s text stand before it';
comment on column checked_content.command_exit is 'exit code of the route''s command, which is 0; null: the route has none';
