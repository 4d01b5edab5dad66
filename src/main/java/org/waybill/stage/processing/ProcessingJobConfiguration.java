package org.waybill.stage.processing;

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
import org.waybill.format.checksum.lane.Lanes;
import org.waybill.ledger.Contents;
import org.waybill.ledger.Ledger;
import org.waybill.ledger.Readers;
import org.waybill.ledger.checked.CheckedContents;
import org.waybill.run.CurrentRuns;
import org.waybill.run.Parts;
import org.waybill.run.Runs;
import org.waybill.run.StageRun;
import org.waybill.run.batch.CutTasklet;
import org.waybill.run.batch.PartPartitioner;
import org.waybill.run.batch.StageJobs;
import org.waybill.stage.processing.pass.Keyring;
import org.waybill.stage.processing.pass.PassResult;

/** Processing: set right and cut, then pass over the files of all parts. */
@Configuration(proxyBeanMethods = false)
class ProcessingJobConfiguration {

    private static final String LAUNCH = "#{jobParameters['launch']}";

    @Bean
    Job processing(StageJobs jobs, ProcessingStage stage, Step processingCut, Step processingParts) {
        return jobs.job("processing", stage, processingCut, processingParts);
    }

    @Bean
    Step processingCut(StageJobs jobs, CutTasklet processingCutTasklet) {
        return jobs.cut(processingCutTasklet);
    }

    @Bean
    @StepScope
    CutTasklet processingCutTasklet(
            Contents contents, Parts parts, Runs runs, CurrentRuns current, @Value(LAUNCH) long launch) {
        StageRun run = current.of(launch);
        return new CutTasklet(new ProcessingWork(contents, run), parts, runs, run);
    }

    @Bean
    Step processingParts(StageJobs jobs, Step processingPart) {
        return jobs.parts(processingPart, Runtime.getRuntime().availableProcessors());
    }

    @Bean
    Step processingPart(
            JobRepository repository,
            PlatformTransactionManager transactions,
            ArrivedBatchItemReader reader,
            PassItemProcessor processor,
            PassResultItemWriter writer) {
        return new StepBuilder("part", repository)
                .<FileBatch, List<PassResult>>chunk(1)
                .transactionManager(transactions)
                .reader(reader)
                .processor(processor)
                .writer(writer)
                .build();
    }

    @Bean
    @StepScope
    ArrivedBatchItemReader arrivedBatchReader(
            Contents contents,
            CurrentRuns current,
            @Value(LAUNCH) long launch,
            @Value(PartPartitioner.PART_OF_STEP) int part) {
        return new ArrivedBatchItemReader(contents, current.of(launch), part);
    }

    @Bean
    @StepScope
    PassItemProcessor passProcessor(CurrentRuns current, @Value(LAUNCH) long launch) throws Exception {
        StageRun run = current.of(launch);
        Keyring keyring = run.once(Keyring.class, () -> Keyring.open(run.route()));
        return PassItemProcessor.of(run, keyring, run.once(Lanes.class, Lanes::new));
    }

    @Bean
    @StepScope
    PassResultItemWriter passResultWriter(
            Ledger ledger, Contents contents, CheckedContents checked, CurrentRuns current, @Value(LAUNCH) long launch)
            throws Exception {
        StageRun run = current.of(launch);
        Keyring keyring = run.once(Keyring.class, () -> Keyring.open(run.route()));
        return new PassResultItemWriter(
                ledger,
                contents,
                checked,
                new SettingRight(contents, run.route()),
                Readers.of(keyring.recipients()),
                run);
    }
}
