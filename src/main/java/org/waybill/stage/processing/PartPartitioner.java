package org.waybill.stage.processing;

import java.util.HashMap;
import java.util.Map;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.waybill.run.Parts;
import org.waybill.run.StageRun;

/** One partition for each part of the recorded cut. */
class PartPartitioner implements Partitioner {

    /** Where a partition's execution context holds the number of its part. */
    static final String PART = "part";

    private final Parts parts;
    private final StageRun run;

    PartPartitioner(Parts parts, StageRun run) {
        this.parts = parts;
        this.run = run;
    }

    @Override
    public Map<String, ExecutionContext> partition(int gridSize) {
        Map<String, ExecutionContext> partitions = new HashMap<>();
        for (int part : parts.of(run.launchId())) {
            ExecutionContext context = new ExecutionContext();
            context.putInt(PART, part);
            partitions.put("part" + part, context);
        }
        return partitions;
    }
}
