package org.waybill.stage.transfer;

import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.waybill.ledger.arrival.Arrivals;
import org.waybill.ledger.arrival.Arrivals.ArrivalTerms;
import org.waybill.ledger.arrival.Observations;
import org.waybill.ledger.arrival.UndeclaredFiles;
import org.waybill.route.TransferRoute;
import org.waybill.run.StageRun;

/**
 * Forgets what has vanished, declares what nothing declares if the route takes that, and claims what has arrived: the intent,
 * recorded before anything moves.
 */
class ClaimTasklet implements Tasklet {

    private final Observations observations;
    private final UndeclaredFiles undeclared;
    private final Arrivals arrivals;
    private final Looks looks;
    private final StageRun run;

    ClaimTasklet(Observations observations, UndeclaredFiles undeclared, Arrivals arrivals, Looks looks, StageRun run) {
        this.observations = observations;
        this.undeclared = undeclared;
        this.arrivals = arrivals;
        this.looks = looks;
        this.run = run;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        String route = run.route().name();
        TransferRoute transfer = run.route().transfer();
        observations.forgetVanished(route, looks.number());
        looks.alsoFound(arrivals.claimsNotSeen(route, looks.number()));
        ArrivalTerms terms = new ArrivalTerms(transfer.rule().name(), transfer.observations());
        transfer.undeclared()
                .ifPresent(grouping -> undeclared.declare(
                        route,
                        looks.number(),
                        terms,
                        run.selection(),
                        grouping == TransferRoute.Grouping.FOLDER,
                        run.stamp()));
        arrivals.claim(route, looks.number(), terms, run.selection());
        run.confirmOwnershipUntilCommit();
        return RepeatStatus.FINISHED;
    }
}
