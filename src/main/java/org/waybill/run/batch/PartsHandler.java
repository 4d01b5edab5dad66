package org.waybill.run.batch;

import java.util.concurrent.FutureTask;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.partition.support.TaskExecutorPartitionHandler;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;

/**
 * Runs the parts of a step, and ends when all have ended. That of Spring Batch ends with the first part that throws, as one
 * does that could not record its own beginning or end, and leaves the others at work when the run has given back its
 * ownership and has destroyed its keys.
 */
final class PartsHandler extends TaskExecutorPartitionHandler {

    @Override
    protected FutureTask<StepExecution> createTask(Step step, StepExecution part) {
        return new FutureTask<>(() -> {
            try {
                step.execute(part);
            } catch (Throwable e) { // whatever it is, the part has failed, and the others are to be waited for
                part.addFailureException(e);
                part.setStatus(BatchStatus.FAILED);
                part.setExitStatus(ExitStatus.FAILED.addExitDescription(e));
            }
            return part;
        });
    }
}
