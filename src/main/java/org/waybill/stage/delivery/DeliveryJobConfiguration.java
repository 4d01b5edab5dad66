package org.waybill.stage.delivery;

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
import org.waybill.ledger.delivery.Addressees;
import org.waybill.ledger.delivery.Consignment;
import org.waybill.ledger.delivery.Consignments;
import org.waybill.ledger.delivery.Deliveries;
import org.waybill.run.CurrentRuns;
import org.waybill.run.Runs;
import org.waybill.run.StageRun;
import org.waybill.run.batch.PartPartitioner;
import org.waybill.run.batch.StageJobs;

/** Delivery: decide who gets what, then send it, each recipient beside the others. */
@Configuration(proxyBeanMethods = false)
class DeliveryJobConfiguration {

    private static final String LAUNCH = "#{jobParameters['launch']}";

    /** Parts wait for networks: there may be more of them than processors. */
    private static final int RECIPIENTS_AT_ONCE = 6;

    @Bean
    Job delivery(StageJobs jobs, DeliveryStage stage, Step deliveryAddress, Step deliveryParts) {
        return jobs.job("delivery", stage, deliveryAddress, deliveryParts);
    }

    @Bean
    Step deliveryAddress(
            JobRepository repository, PlatformTransactionManager transactions, AddressTasklet deliveryAddressTasklet) {
        return new StepBuilder("address", repository)
                .tasklet(deliveryAddressTasklet, transactions)
                .allowStartIfComplete(true)
                .build();
    }

    @Bean
    @StepScope
    AddressTasklet deliveryAddressTasklet(
            Addressees addressees,
            Deliveries deliveries,
            Consignments parts,
            Ledger ledger,
            Runs runs,
            CurrentRuns current,
            @Value(LAUNCH) long launch)
            throws Exception {
        StageRun run = current.of(launch);
        return new AddressTasklet(
                new AddressTasklet.Books(addressees, deliveries, parts, ledger, runs),
                new Addresser(run.route(), run.route().delivery().orElseThrow().addressing()),
                run);
    }

    @Bean
    Step deliveryParts(StageJobs jobs, Step deliveryPart) {
        return jobs.parts(deliveryPart, RECIPIENTS_AT_ONCE);
    }

    @Bean
    Step deliveryPart(
            JobRepository repository,
            PlatformTransactionManager transactions,
            ConsignmentItemReader reader,
            DispatchItemProcessor processor,
            DispatchedItemWriter writer) {
        return new StepBuilder("part", repository)
                .<List<Consignment>, List<Dispatched>>chunk(1)
                .transactionManager(transactions)
                .reader(reader)
                .processor(processor)
                .writer(writer)
                .build();
    }

    @Bean
    @StepScope
    Dispatch dispatch(Deliveries deliveries, InstantSource clock, CurrentRuns current, @Value(LAUNCH) long launch)
            throws Exception {
        StageRun run = current.of(launch);
        return new Dispatch(run.once(Desk.class, () -> Desk.open(run, deliveries, clock)));
    }

    @Bean
    @StepScope
    ConsignmentItemReader consignmentReader(
            Consignments parts,
            Dispatch dispatch,
            CurrentRuns current,
            @Value(LAUNCH) long launch,
            @Value(PartPartitioner.PART_OF_STEP) int part) {
        return new ConsignmentItemReader(parts, dispatch, current.of(launch), part);
    }

    @Bean
    @StepScope
    DispatchItemProcessor dispatchProcessor(Dispatch dispatch) {
        return new DispatchItemProcessor(dispatch);
    }

    @Bean
    @StepScope
    DispatchedItemWriter dispatchedWriter(Deliveries deliveries, CurrentRuns current, @Value(LAUNCH) long launch) {
        StageRun run = current.of(launch);
        return new DispatchedItemWriter(
                deliveries, run.route().delivery().orElseThrow().overdue(), run);
    }
}
