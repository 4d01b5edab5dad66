package org.waybill.stage.delivery;

import java.util.List;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.waybill.ledger.Ledger;
import org.waybill.ledger.delivery.Addressees;
import org.waybill.ledger.delivery.Addressees.Undecided;
import org.waybill.ledger.delivery.Consignments;
import org.waybill.ledger.delivery.Consignments.ToDo;
import org.waybill.ledger.delivery.Deliveries;
import org.waybill.run.Runs;
import org.waybill.run.StageRun;
import org.waybill.stage.delivery.Addresser.Decisions;

/** Decides who gets what, some files a transaction; last, cuts what is to be sent into a part for each recipient. */
class AddressTasklet implements Tasklet {

    private static final int FILES_A_COMMIT = 500;

    /** The tables that it writes. */
    record Books(Addressees addressees, Deliveries deliveries, Consignments parts, Ledger ledger, Runs runs) {}

    private final Books books;
    private final Addresser addresser;
    private final StageRun run;
    private long lastId;
    private long quarantined;

    AddressTasklet(Books books, Addresser addresser, StageRun run) {
        this.books = books;
        this.addresser = addresser;
        this.run = run;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        run.continueOrStop();
        String route = run.route().name();
        List<Undecided> files = books.addressees().undecided(route, run.selection(), lastId, FILES_A_COMMIT);
        if (!files.isEmpty()) {
            Decisions decisions = addresser.decide(files);
            books.addressees().decide(route, decisions.addressed(), run.stamp());
            quarantined +=
                    books.ledger().move(decisions.quarantined(), run.stamp()).size();
            lastId = files.get(files.size() - 1).fileId();
            run.confirmOwnershipUntilCommit();
            return RepeatStatus.CONTINUABLE;
        }
        books.deliveries().skipReplaced(route, run.stamp());
        books.deliveries().holdCollisions(route, run.stamp());
        books.parts().cut(run.launchId(), route, run.selection());
        ToDo toDo = books.parts().toDo(run.launchId());
        books.runs().found(run.runId(), toDo.deliveries() + quarantined);
        run.expect(toDo.deliveries(), toDo.bytes());
        run.confirmOwnershipUntilCommit();
        return RepeatStatus.FINISHED;
    }
}
