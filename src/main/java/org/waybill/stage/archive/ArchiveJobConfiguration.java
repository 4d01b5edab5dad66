package org.waybill.stage.archive;

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
import org.waybill.ledger.Contents;
import org.waybill.ledger.Ledger;
import org.waybill.ledger.Publications;
import org.waybill.ledger.Publications.Publication;
import org.waybill.run.CurrentRuns;
import org.waybill.run.Parts;
import org.waybill.run.Runs;
import org.waybill.run.StageRun;
import org.waybill.run.batch.CutTasklet;
import org.waybill.run.batch.PartPartitioner;
import org.waybill.run.batch.StageJobs;
import org.waybill.stage.RouteFolders;

/** Archive: sweep and cut, then publish the files of all parts, batch by batch. */
@Configuration(proxyBeanMethods = false)
class ArchiveJobConfiguration {

    private static final String LAUNCH = "#{jobParameters['launch']}";

    @Bean
    Job archive(StageJobs jobs, ArchiveStage stage, Step archiveCut, Step archiveParts) {
        return jobs.job("archive", stage, archiveCut, archiveParts);
    }

    @Bean
    Step archiveCut(StageJobs jobs, CutTasklet archiveCutTasklet) {
        return jobs.cut(archiveCutTasklet);
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
        ArchiveWork work = new ArchiveWork(publications, new Leftovers(contents, run.route()), run);
        return new CutTasklet(work, parts, runs, run);
    }

    @Bean
    Step archiveParts(StageJobs jobs, Step archivePart) {
        return jobs.parts(archivePart, ArchiveWork.PARTS);
    }

    @Bean
    Step archivePart(
            JobRepository repository,
            PlatformTransactionManager transactions,
            PublicationItemReader reader,
            PublishItemProcessor processor,
            PublishedItemWriter writer) {
        return new StepBuilder("part", repository)
                .<List<Publication>, List<Published>>chunk(1)
                .transactionManager(transactions)
                .reader(reader)
                .processor(processor)
                .writer(writer)
                .build();
    }

    @Bean
    @StepScope
    PublicationItemReader publicationReader(
            Publications publications,
            CurrentRuns current,
            @Value(LAUNCH) long launch,
            @Value(PartPartitioner.PART_OF_STEP) int part) {
        return new PublicationItemReader(publications, current.of(launch), part);
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
