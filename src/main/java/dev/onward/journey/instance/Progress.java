package dev.onward.journey.instance;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a walk came.
 *
 * @param instance as it is now
 * @param records of the steps that were done on the way, in order
 * @param halt where it stopped
 */
public record Progress(Instance instance, List<StepRecord> records, Halt halt) {

    public Progress {
        records = List.copyOf(records);
    }

    /** The same with what came before it. */
    Progress behind(List<StepRecord> earlier) {
        List<StepRecord> all = new ArrayList<>(earlier);
        all.addAll(records);
        return new Progress(instance, all, halt);
    }
}
