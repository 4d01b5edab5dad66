package org.waybill.stage.rewrap;

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
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;
import org.waybill.ledger.Readers;
import org.waybill.ledger.rewrap.ArchivedContent;
import org.waybill.ledger.rewrap.HeaderChanges;
import org.waybill.ledger.rewrap.Rewraps;
import org.waybill.run.CurrentRuns;
import org.waybill.run.Parts;
import org.waybill.run.Runs;
import org.waybill.run.StageRun;
import org.waybill.run.batch.CutTasklet;
import org.waybill.run.batch.PartPartitioner;
import org.waybill.run.batch.StageJobs;
import org.waybill.stage.RouteFolders;

/** Rewrap: sweep and cut, then give the files of all parts their new headers, batch by batch. */
@Configuration(proxyBeanMethods = false)
class RewrapJobConfiguration {

    private static final String LAUNCH = "#{jobParameters['launch']}";

    @Bean
    Job rewrap(StageJobs jobs, RewrapStage stage, Step rewrapCut, Step rewrapParts) {
        return jobs.job("rewrap", stage, rewrapCut, rewrapParts);
    }

    @Bean
    Step rewrapCut(StageJobs jobs, CutTasklet rewrapCutTasklet) {
        return jobs.cut(rewrapCutTasklet);
    }

    @Bean
    @StepScope
    CutTasklet rewrapCutTasklet(
            Rewraps rewraps,
            HeaderChanges changes,
            Parts parts,
            Runs runs,
            CurrentRuns current,
            @Value(LAUNCH) long launch) {
        StageRun run = current.of(launch);
        Readers present = Readers.of(RewrapStage.recipients(run.route()));
        return new CutTasklet(
                new RewrapWork(
                        rewraps, changes, present, oldKey(run).publicKey().toString(), run),
                parts,
                runs,
                run);
    }

    @Bean
    Step rewrapParts(StageJobs jobs, Step rewrapPart) {
        return jobs.parts(rewrapPart, RewrapWork.PARTS);
    }

    @Bean
    Step rewrapPart(
            JobRepository repository,
            PlatformTransactionManager transactions,
            ContentItemReader reader,
            RewrapItemProcessor processor,
            RewrapResultItemWriter writer) {
        return new StepBuilder("part", repository)
                .<List<ArchivedContent>, List<RewrapResult>>chunk(1)
                .transactionManager(transactions)
                .reader(reader)
                .processor(processor)
                .writer(writer)
                .build();
    }

    @Bean
    @StepScope
    ContentItemReader contentReader(
            Rewraps rewraps,
            CurrentRuns current,
            @Value(LAUNCH) long launch,
            @Value(PartPartitioner.PART_OF_STEP) int part) {
        return new ContentItemReader(rewraps, current.of(launch), part);
    }

    @Bean
    @StepScope
    RewrapItemProcessor rewrapProcessor(HeaderChanges changes, CurrentRuns current, @Value(LAUNCH) long launch) {
        StageRun run = current.of(launch);
        Sidecars sidecars = sidecars(run);
        Survey survey = new Survey(
                run.route().archive(), sidecars, oldKey(run), RewrapStage.recipients(run.route()), run::continueOrStop);
        return new RewrapItemProcessor(survey, swap(run, sidecars), changes, run);
    }

    @Bean
    @StepScope
    RewrapResultItemWriter rewrapResultWriter(HeaderChanges changes, CurrentRuns current, @Value(LAUNCH) long launch) {
        StageRun run = current.of(launch);
        return new RewrapResultItemWriter(
                changes, swap(run, sidecars(run)), oldKey(run).publicKey().toString(), run);
    }

    private static Crypt4ghSecretKey oldKey(StageRun run) {
        return run.opened(Crypt4ghSecretKey.class)
                .orElseThrow(() -> new IllegalStateException("rewrapping needs the old key; name it with --from"));
    }

    private static Sidecars sidecars(StageRun run) {
        return new Sidecars(RouteFolders.of(run.route()).publishing());
    }

    private static HeaderSwap swap(StageRun run, Sidecars sidecars) {
        return new HeaderSwap(
                run.route().archive(), RouteFolders.of(run.route()).publishing(), sidecars);
    }
}
