-- What is asked of runs stays fast when there are a million of them.

-- Which runs may be dead is asked at the start of every run.
create index batch_job_execution_unended on batch_job_execution (job_execution_id)
    where status in ('STARTING', 'STARTED', 'STOPPING', 'UNKNOWN');

-- Lists of runs are in the order of their ids, newest first, whatever they are narrowed by.
create index run_route on run (route, run_id);
create index run_status on run (status, run_id);

create view forgettable_run as
select r.run_id, r.ended_at
from run r
         join batch_job_execution e on e.job_execution_id = r.run_id
where r.status in ('COMPLETED', 'ABANDONED')
   or r.status = 'FAILED' and exists (select from run_failure f where f.run_id = r.run_id and f.state = 'SUPERSEDED');
comment on view forgettable_run is 'runs whose steps are still on record, and which nobody can restart any more';
comment on column forgettable_run.run_id is 'the run';
comment on column forgettable_run.ended_at is 'when it ended';
