-- Stable, like the views of V009, V017 and V018.

create view log_gap_failure as
select g.stream_id,
       s.route,
       s.log,
       s.file_name,
       g.from_at,
       g.to_at,
       g.why,
       g.run_id,
       case when d.kind = 'ACKNOWLEDGED' and (d.until is null or d.until > now()) then 'ACKNOWLEDGED'
            when exists (select
                         from delivery p
                         where p.route = s.route and p.state = 'DELIVERED' and p.delivered_at < g.to_at
                           and not exists (select
                                           from receipt r
                                           where r.delivery_id = p.delivery_id and r.rung in ('P2', 'P3'))) then 'OPEN'
            else 'SUPERSEDED' end as state,
       d.decided_by,
       d.decided_at,
       d.why   as decision,
       d.until
from log_gap g
         join log_stream s on s.stream_id = g.stream_id
         left join lateral (select *
                            from decision
                            where decision.run_id = g.run_id
                            order by decision_id desc
                            limit 1) d on true;
comment on view log_gap_failure is 'Every access log that was lost before its end was known, in exactly one state; what is OPEN needs a person';
comment on column log_gap_failure.stream_id is 'Ledger id of the log';
comment on column log_gap_failure.route is 'Name of the route';
comment on column log_gap_failure.log is 'Name of the log in the route';
comment on column log_gap_failure.file_name is 'Name of its file when it was seen last';
comment on column log_gap_failure.from_at is 'Time of the last request that was read in it (UTC), or when it was seen first';
comment on column log_gap_failure.to_at is 'When its loss was noticed (UTC)';
comment on column log_gap_failure.why is 'What was found';
comment on column log_gap_failure.run_id is 'The run that noticed';
comment on column log_gap_failure.state is 'OPEN, SUPERSEDED (all that was placed before the loss was noticed is proved to be sent in full, so nothing is missing) or ACKNOWLEDGED';
comment on column log_gap_failure.decided_by is 'User of the operating system who decided last about the run that noticed; null: nobody has';
comment on column log_gap_failure.decided_at is 'When (UTC)';
comment on column log_gap_failure.decision is 'Why, in their words';
comment on column log_gap_failure.until is 'When the acknowledgement ends (UTC); null: never';
comment on column decision.run_id is 'the failed run, or the one that noticed that an access log was lost; null if it is about a file';
