-- A clock that is set forward must not make files look older: what the machine's own time since its start says, counts.
create table clock_reading (
    route      text primary key,
    boot       text             not null,
    up_seconds double precision not null check (up_seconds >= 0),
    at         timestamptz      not null
);
comment on table clock_reading is 'what the clock and the machine said when a route''s incoming folder was looked at last';
comment on column clock_reading.route is 'the route';
comment on column clock_reading.boot is 'names the time since the machine was started; another one: nothing can be compared';
comment on column clock_reading.up_seconds is 'seconds since the machine was started';
comment on column clock_reading.at is 'what the clock said in the same moment';
