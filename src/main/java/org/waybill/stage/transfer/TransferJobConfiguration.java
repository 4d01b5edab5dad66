package org.waybill.stage.transfer;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.waybill.ledger.Ledger;
import org.waybill.ledger.arrival.Arrivals;
import org.waybill.ledger.arrival.Arrivals.Claim;
import org.waybill.ledger.arrival.Observations;
import org.waybill.ledger.arrival.Observations.Sighting;
import org.waybill.ledger.arrival.UndeclaredFiles;
import org.waybill.run.CurrentRuns;
import org.waybill.run.StageRun;
import org.waybill.run.batch.Pause;
import org.waybill.run.batch.StageJobs;
import org.waybill.run.batch.Uptime;
import org.waybill.stage.RouteFolders;
import org.waybill.storage.WorkingFolders;

/** Transfer: look at the incoming folder, claim what has arrived (declared or, if the route says so, not), take what was claimed. */
@Configuration(proxyBeanMethods = false)
class TransferJobConfiguration {

    private static final String LAUNCH = "#{jobParameters['launch']}";
    private static final int PARTS_A_COMMIT =
            1; // of a look, so that no transaction is open while it waits for the next
    private static final int MOVES_A_COMMIT = 1000;

    @Bean
    Job transfer(StageJobs jobs, TransferStage stage, Step transferLook, Step transferClaim, Step transferTake) {
        return jobs.job("transfer", stage, transferLook, transferClaim, transferTake);
    }

    @Bean
    Step transferLook(
            JobRepository repository,
            PlatformTransactionManager transactions,
            IncomingItemReader reader,
            SightingItemWriter writer) {
        return new StepBuilder("look", repository)
                .<List<Sighting>, List<Sighting>>chunk(PARTS_A_COMMIT)
                .transactionManager(transactions)
                .reader(reader)
                .writer(writer)
                .allowStartIfComplete(true)
                .build();
    }

    @Bean
    @StepScope
    IncomingItemReader incomingReader(
            Observations observations,
            InstantSource clock,
            Uptime uptime,
            Pause pause,
            CurrentRuns current,
            @Value(LAUNCH) long launch)
            throws Exception {
        StageRun run = current.of(launch);
        folders(run);
        return new IncomingItemReader(run.once(Looks.class, () -> new Looks(run, observations, clock, uptime, pause)));
    }

    @Bean
    @StepScope
    SightingItemWriter sightingWriter(Observations observations, CurrentRuns current, @Value(LAUNCH) long launch) {
        return new SightingItemWriter(observations, current.of(launch));
    }

    @Bean
    Step transferClaim(JobRepository repository, PlatformTransactionManager transactions, ClaimTasklet claim) {
        return new StepBuilder("claim", repository)
                .tasklet(claim, transactions)
                .allowStartIfComplete(true)
                .build();
    }

    @Bean
    @StepScope
    ClaimTasklet claimTasklet(
            Observations observations,
            UndeclaredFiles undeclared,
            Arrivals arrivals,
            CurrentRuns current,
            @Value(LAUNCH) long launch) {
        StageRun run = current.of(launch);
        return new ClaimTasklet(
                observations, undeclared, arrivals, run.opened(Looks.class).orElseThrow(), run);
    }

    @Bean
    Step transferTake(
            JobRepository repository,
            PlatformTransactionManager transactions,
            ClaimItemReader reader,
            MoveItemProcessor processor,
            TakingItemWriter writer) {
        return new StepBuilder("take", repository)
                .<Claim, Taking>chunk(MOVES_A_COMMIT)
                .transactionManager(transactions)
                .reader(reader)
                .processor(processor)
                .writer(writer)
                .allowStartIfComplete(true)
                .build();
    }

    @Bean
    @StepScope
    ClaimItemReader claimReader(Arrivals arrivals, CurrentRuns current, @Value(LAUNCH) long launch) {
        return new ClaimItemReader(arrivals, current.of(launch));
    }

    @Bean
    @StepScope
    MoveItemProcessor moveProcessor(CurrentRuns current, @Value(LAUNCH) long launch) throws IOException {
        StageRun run = current.of(launch);
        return new MoveItemProcessor(new Mover(folders(run)), run);
    }

    @Bean
    @StepScope
    TakingItemWriter takingWriter(Ledger ledger, Arrivals arrivals, CurrentRuns current, @Value(LAUNCH) long launch)
            throws IOException {
        StageRun run = current.of(launch);
        return new TakingItemWriter(ledger, arrivals, folders(run), run);
    }

    private static WorkingFolders folders(StageRun run) throws IOException {
        WorkingFolders folders = RouteFolders.of(run.route());
        folders.create();
        return folders;
    }
}
