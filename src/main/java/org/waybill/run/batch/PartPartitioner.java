package org.waybill.run.batch;

import java.util.HashMap;
import java.util.Map;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.waybill.run.Parts;

/** One partition for each part of the recorded cut. */
@Component
@StepScope
public class PartPartitioner implements Partitioner {

    /**
     * The number of a partition's part, for the parameters of its step's beans: from its name, which is recorded with it. The
     * context of a step is recorded later, so a run that fails in between would leave it without one in all its restarts.
     */
    public static final String PART_OF_STEP = "#{stepName.replaceAll('[^0-9]', '')}";

    private final Parts parts;
    private final long launch;

    PartPartitioner(Parts parts, @Value("#{jobParameters['launch']}") long launch) {
        this.parts = parts;
        this.launch = launch;
    }

    @Override
    public Map<String, ExecutionContext> partition(int gridSize) {
        Map<String, ExecutionContext> partitions = new HashMap<>();
        for (int part : parts.of(launch)) {
            partitions.put("part" + part, new ExecutionContext());
        }
        return partitions;
    }
}
