package org.waybill.stage.archive;

import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;
import org.waybill.ledger.Contents;
import org.waybill.ledger.Ledger;
import org.waybill.ledger.Publications;
import org.waybill.ledger.Publications.Publication;
import org.waybill.run.CurrentRuns;
import org.waybill.run.Parts;
import org.waybill.run.Runs;
import org.waybill.run.StageRun;
import org.waybill.run.batch.StageJobs;
import org.waybill.stage.RouteFolders;

/** Archive: sweep and list, then publish chunk by chunk. */
@Configuration(proxyBeanMethods = false)
class ArchiveJobConfiguration {

    private static final String LAUNCH = "#{jobParameters['launch']}";
    private static final int FILES_A_COMMIT = 200;
    private static final int FILES_AT_ONCE = 8; // they wait for the disk, not for a processor

    @Bean
    Job archive(StageJobs jobs, ArchiveStage stage, Step archiveCut, Step archivePublish) {
        return jobs.job("archive", stage, archiveCut, archivePublish);
    }

    @Bean
    Step archiveCut(JobRepository repository, PlatformTransactionManager transactions, CutTasklet archiveCutTasklet) {
        return new StepBuilder("cut", repository)
                .tasklet(archiveCutTasklet, transactions)
                .allowStartIfComplete(true)
                .build();
    }

    @Bean
    @StepScope
    CutTasklet archiveCutTasklet(
            Publications publications,
            Contents contents,
            Parts parts,
            Runs runs,
            CurrentRuns current,
            @Value(LAUNCH) long launch) {
        StageRun run = current.of(launch);
        return new CutTasklet(new Leftovers(contents, run.route()), publications, parts, runs, run);
    }

    @Bean
    Step archivePublish(
            JobRepository repository,
            PlatformTransactionManager transactions,
            PublicationItemReader reader,
            PublishItemProcessor processor,
            PublishedItemWriter writer) {
        SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor("publish-");
        threads.setConcurrencyLimit(FILES_AT_ONCE);
        return new StepBuilder("publish", repository)
                .<Publication, Published>chunk(FILES_A_COMMIT)
                .transactionManager(transactions)
                .reader(reader)
                .processor(processor)
                .writer(writer)
                .taskExecutor(threads)
                .build();
    }

    @Bean
    @StepScope
    PublicationItemReader publicationReader(
            Publications publications, CurrentRuns current, @Value(LAUNCH) long launch) {
        return new PublicationItemReader(publications, current.of(launch));
    }

    @Bean
    @StepScope
    PublishItemProcessor publishProcessor(Publications publications, CurrentRuns current, @Value(LAUNCH) long launch) {
        StageRun run = current.of(launch);
        return new PublishItemProcessor(new Publisher(run.route(), RouteFolders.of(run.route()), publications), run);
    }

    @Bean
    @StepScope
    PublishedItemWriter publishedWriter(
            Ledger ledger,
            Publications publications,
            Contents contents,
            CurrentRuns current,
            @Value(LAUNCH) long launch) {
        StageRun run = current.of(launch);
        return new PublishedItemWriter(ledger, publications, new Leftovers(contents, run.route()), run);
    }
}
