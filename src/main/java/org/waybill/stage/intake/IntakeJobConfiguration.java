package org.waybill.stage.intake;

import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.waybill.ledger.manifest.Admission;
import org.waybill.ledger.manifest.Manifests;
import org.waybill.run.CurrentRuns;
import org.waybill.run.StageRun;
import org.waybill.run.batch.StageJobs;

/** Intake: fetch what is asked for, read the rows of new manifests, admit them. */
@Configuration(proxyBeanMethods = false)
class IntakeJobConfiguration {

    private static final String LAUNCH = "#{jobParameters['launch']}";
    private static final int ROWS_A_COMMIT = 5000;

    @Bean
    Job intake(StageJobs jobs, IntakeStage stage, Step intakeFetch, Step intakeRead, Step intakeAdmit) {
        return jobs.job("intake", stage, intakeFetch, intakeRead, intakeAdmit);
    }

    @Bean
    Step intakeFetch(JobRepository repository, PlatformTransactionManager transactions, FetchTasklet fetch) {
        return new StepBuilder("fetch", repository)
                .tasklet(fetch, transactions)
                .allowStartIfComplete(true)
                .build();
    }

    @Bean
    @StepScope
    FetchTasklet fetchTasklet(Manifests manifests, CurrentRuns current, @Value(LAUNCH) long launch) throws Exception {
        StageRun run = current.of(launch);
        return new FetchTasklet(manifests, folder(run, manifests), run);
    }

    @Bean
    Step intakeRead(
            JobRepository repository,
            PlatformTransactionManager transactions,
            ManifestItemReader reader,
            ManifestPartItemWriter writer) {
        return new StepBuilder("read", repository)
                .<ManifestPart, ManifestPart>chunk(ROWS_A_COMMIT)
                .transactionManager(transactions)
                .reader(reader)
                .writer(writer)
                .allowStartIfComplete(true)
                .build();
    }

    @Bean
    @StepScope
    ManifestItemReader manifestReader(Manifests manifests, CurrentRuns current, @Value(LAUNCH) long launch)
            throws Exception {
        StageRun run = current.of(launch);
        return new ManifestItemReader(manifests, folder(run, manifests), run);
    }

    @Bean
    @StepScope
    ManifestPartItemWriter manifestPartWriter(Manifests manifests, CurrentRuns current, @Value(LAUNCH) long launch) {
        return new ManifestPartItemWriter(manifests, current.of(launch));
    }

    @Bean
    Step intakeAdmit(JobRepository repository, PlatformTransactionManager transactions, AdmissionTasklet admission) {
        return new StepBuilder("admit", repository)
                .tasklet(admission, transactions)
                .allowStartIfComplete(true)
                .build();
    }

    @Bean
    @StepScope
    AdmissionTasklet admissionTasklet(
            Manifests manifests, Admission admission, CurrentRuns current, @Value(LAUNCH) long launch) {
        return new AdmissionTasklet(manifests, admission, current.of(launch));
    }

    private static ManifestFolder folder(StageRun run, Manifests manifests) throws Exception {
        return run.once(ManifestFolder.class, () -> new ManifestFolder(run.route(), manifests));
    }
}
