-- Duration and throughput: the last 14 runs of each stage
-- psql -v until="now()" -f sql/report/recent_runs.sql
-- :until  runs that ended before this time; of stages that ran in the 60 days before it
with stages as (
    select distinct route, stage
    from run_history
    where started_at >= cast(:until as timestamptz) - interval '60 days'
      and started_at < cast(:until as timestamptz)
)
select s.route, s.stage, r.run_id, r.started_at, r.outcome, r.seconds, r.done, r.bytes, r.bytes_per_second
from stages s
         cross join lateral (select run_id, started_at, outcome, seconds, done, bytes,
                                    cast(case when bytes > 0 and seconds > 0 then bytes / seconds end as bigint) as bytes_per_second
                             from run_history h
                             where h.route = s.route and h.stage = s.stage
                               and h.ended_at < cast(:until as timestamptz)
                             order by run_id desc
                             limit 14) r
order by s.route, min(r.run_id) over (partition by s.route, s.stage), r.run_id;
