package org.waybill.run.batch;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.waybill.run.Counts;
import org.waybill.run.CurrentRuns;
import org.waybill.run.Runs;
import org.waybill.run.StageContract;
import org.waybill.run.StageRun;

/** Puts the frame around the steps of a stage's job: the record of the run, and the conservation check as last step. */
@Component
public class StageJobs {

    private static final int PARTS_AT_ONCE =
            6; // each holds one of the pool's connections as long as it works on a batch

    private final JobRepository repository;
    private final PlatformTransactionManager transactions;
    private final PartPartitioner partitioner;
    private final CurrentRuns current;
    private final Runs runs;
    private final Configurations configurations;
    private final InstantSource clock;

    public StageJobs(
            JobRepository repository,
            PlatformTransactionManager transactions,
            PartPartitioner partitioner,
            CurrentRuns current,
            Runs runs,
            Configurations configurations,
            InstantSource clock) {
        this.partitioner = partitioner;
        this.repository = repository;
        this.transactions = transactions;
        this.current = current;
        this.runs = runs;
        this.configurations = configurations;
        this.clock = clock;
    }

    /** A job of these steps, in their order. */
    public Job job(String name, StageContract contract, Step first, Step... others) {
        SimpleJobBuilder job =
                new JobBuilder(name, repository).listener(record(contract)).start(first);
        List.of(others).forEach(job::next);
        return job.next(conservation(contract)).build();
    }

    /** A step that cuts the work of a launch into parts; a restart does it again and finds the same. */
    public Step cut(CutTasklet cut) {
        return new StepBuilder("cut", repository)
                .tasklet(cut, transactions)
                .allowStartIfComplete(true)
                .build();
    }

    /** A step that does a step for each part of the cut, several at the same time. */
    public Step parts(Step part, int atOnce) {
        SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor("part-");
        threads.setConcurrencyLimit(Math.min(PARTS_AT_ONCE, atOnce));
        PartsHandler handler = new PartsHandler();
        handler.setStep(part);
        handler.setTaskExecutor(threads);
        return new StepBuilder("parts", repository)
                .partitioner("part", partitioner)
                .partitionHandler(handler)
                .build();
    }

    private JobExecutionListener record(StageContract contract) {
        return new JobExecutionListener() {
            @Override
            public void beforeJob(JobExecution execution) {
                StageRun run = runOf(execution);
                run.started(execution.getId());
                Instant now = clock.instant();
                configurations.seen(run.route(), now);
                runs.start(run, contract.machine(), configurations.program(), now);
            }
        };
    }

    private Step conservation(StageContract contract) {
        return new StepBuilder("conservation", repository)
                .tasklet(
                        (contribution, context) -> {
                            StageRun run = runOf(contribution.getStepExecution().getJobExecution());
                            Counts counts = contract.count(run);
                            runs.count(run.runId(), counts);
                            run.confirmOwnershipUntilCommit();
                            if (!counts.balanced()) {
                                throw new NotConservedException(counts);
                            }
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }

    private StageRun runOf(JobExecution execution) {
        Long launch = execution.getJobParameters().getLong("launch");
        if (launch == null) {
            throw new IllegalStateException("a stage's job has the parameter launch; start it with: waybill run");
        }
        return current.of(launch);
    }
}
