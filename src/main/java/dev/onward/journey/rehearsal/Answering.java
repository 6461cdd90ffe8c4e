package dev.onward.journey.rehearsal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.action.Action;
import dev.onward.journey.instance.CallEnding;

/** Answers the calls of a rehearsal. */
interface Answering {

    /**
     * How the call of a step ends; blocks for it.
     *
     * @param invocation its document
     * @param shown where what there is to see of it is put
     */
    CallEnding answer(String stepId, Action action, ObjectNode invocation, ObjectNode shown);
}
