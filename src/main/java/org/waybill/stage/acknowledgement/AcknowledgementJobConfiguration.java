package org.waybill.stage.acknowledgement;

import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.waybill.ledger.receipt.Acks;
import org.waybill.ledger.receipt.Acks.Ack;
import org.waybill.ledger.receipt.LogReading;
import org.waybill.ledger.receipt.LogReadings;
import org.waybill.ledger.receipt.LogStreams;
import org.waybill.ledger.receipt.Placements;
import org.waybill.ledger.receipt.Receipts;
import org.waybill.run.CurrentRuns;
import org.waybill.run.StageRun;
import org.waybill.run.batch.StageJobs;
import org.waybill.stage.acknowledgement.shelf.Shelves;

/** Acknowledgement: take what recipients wrote, read what is new in the logs, then tell which logs were lost. */
@Configuration(proxyBeanMethods = false)
class AcknowledgementJobConfiguration {

    private static final String LAUNCH = "#{jobParameters['launch']}";
    private static final int ACKS_AT_ONCE = 200;

    @Bean
    Job acknowledgement(
            StageJobs jobs,
            AcknowledgementStage stage,
            Step acknowledgementAcks,
            Step acknowledgementKeep,
            Step acknowledgementRead,
            Step acknowledgementGaps) {
        return jobs.job(
                "acknowledgement",
                stage,
                acknowledgementAcks,
                acknowledgementKeep,
                acknowledgementRead,
                acknowledgementGaps);
    }

    @Bean
    Step acknowledgementAcks(
            JobRepository repository,
            PlatformTransactionManager transactions,
            AckItemReader reader,
            AckItemWriter writer) {
        return new StepBuilder("acks", repository)
                .<Ack, Ack>chunk(ACKS_AT_ONCE)
                .transactionManager(transactions)
                .reader(reader)
                .writer(writer)
                .allowStartIfComplete(true)
                .build();
    }

    @Bean
    @StepScope
    AckItemReader ackReader(CurrentRuns current, @Value(LAUNCH) long launch) {
        return new AckItemReader(current.of(launch));
    }

    @Bean
    @StepScope
    AckItemWriter ackWriter(Acks acks, CurrentRuns current, @Value(LAUNCH) long launch) {
        return new AckItemWriter(acks, current.of(launch));
    }

    @Bean
    Step acknowledgementKeep(
            JobRepository repository, PlatformTransactionManager transactions, KeepAcksTasklet keepAcks) {
        return new StepBuilder("keep", repository)
                .tasklet(keepAcks, transactions)
                .allowStartIfComplete(true)
                .build();
    }

    @Bean
    @StepScope
    KeepAcksTasklet keepAcksTasklet(Acks acks, CurrentRuns current, @Value(LAUNCH) long launch) {
        return new KeepAcksTasklet(acks, current.of(launch));
    }

    @Bean
    Step acknowledgementRead(
            JobRepository repository,
            PlatformTransactionManager transactions,
            LogPieceItemReader reader,
            LogPieceItemWriter writer) {
        return new StepBuilder("read", repository)
                .<LogReading, LogReading>chunk(1)
                .transactionManager(transactions)
                .reader(reader)
                .writer(writer)
                .allowStartIfComplete(true)
                .build();
    }

    @Bean
    @StepScope
    LogPieceItemReader logPieceReader(
            LogStreams streams, Placements placements, CurrentRuns current, @Value(LAUNCH) long launch)
            throws Exception {
        StageRun run = current.of(launch);
        return new LogPieceItemReader(streams, placements, shelves(run), run);
    }

    @Bean
    @StepScope
    LogPieceItemWriter logPieceWriter(
            LogReadings readings, Receipts receipts, CurrentRuns current, @Value(LAUNCH) long launch) {
        return new LogPieceItemWriter(readings, receipts, current.of(launch));
    }

    @Bean
    Step acknowledgementGaps(JobRepository repository, PlatformTransactionManager transactions, GapTasklet gaps) {
        return new StepBuilder("gaps", repository)
                .tasklet(gaps, transactions)
                .allowStartIfComplete(true)
                .build();
    }

    @Bean
    @StepScope
    GapTasklet gapTasklet(LogStreams streams, CurrentRuns current, @Value(LAUNCH) long launch) throws Exception {
        StageRun run = current.of(launch);
        return new GapTasklet(streams, shelves(run), run);
    }

    private static Shelves shelves(StageRun run) throws Exception {
        return run.once(Shelves.class, () -> new Shelves(run::isStopping, run::continueOrStop));
    }
}
