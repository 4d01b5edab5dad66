-- Where half of all lines of a log are requests, the database took more than half of the time, and half of that for asking of
-- each request alone whether there is a delivery and a piece of a log for it. It is asked of all requests of a piece at once
-- now; neither deliveries nor pieces are ever deleted. A piece's requests are found by their place in the log.

alter table log_request
    drop constraint log_request_delivery_id_fkey,
    drop constraint log_request_stream_id_from_position_fkey;
drop index log_request_reading;

create function refuse_stray_requests() returns trigger language plpgsql as $$
declare
    stray record;
begin
    select delivery_id into stray
    from (select distinct delivery_id from fresh) r
    where not exists (select from delivery d where d.delivery_id = r.delivery_id);
    if found then
        raise exception 'there is no delivery % for a request', stray.delivery_id using errcode = 'foreign_key_violation';
    end if;
    select stream_id, from_position into stray
    from (select stream_id, from_position, min(line_offset) as first, max(line_offset) as last
          from fresh
          group by stream_id, from_position) r
    where not exists (select
                      from log_reading p
                      where p.stream_id = r.stream_id and p.from_position = r.from_position
                        and p.from_position <= r.first and p.to_position > r.last);
    if found then
        raise exception 'there is no piece of log % from byte % for a request', stray.stream_id, stray.from_position
            using errcode = 'foreign_key_violation';
    end if;
    return null;
end $$;
create trigger log_request_known after insert on log_request
    referencing new table as fresh
    for each statement execute function refuse_stray_requests();

create or replace view log_reading_history as
select r.stream_id,
       s.route,
       s.log,
       r.from_position,
       r.to_position,
       r.lines,
       (select count(*) from log_request q
        where q.stream_id = r.stream_id and q.line_offset >= r.from_position
          and q.line_offset < r.to_position)                                      as requests,
       (select coalesce(sum(i.lines), 0)::bigint from log_ignored i
        where i.stream_id = r.stream_id and i.from_position = r.from_position)    as ignored,
       (select count(*) from log_unparseable u
        where u.stream_id = r.stream_id and u.from_position = r.from_position)    as unparseable,
       run.ended_at                                                               as known_at,
       r.run_id
from log_reading r
         join log_stream s on s.stream_id = r.stream_id
         join run on run.run_id = r.run_id;
