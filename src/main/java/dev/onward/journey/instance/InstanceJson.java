package dev.onward.journey.instance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.journey.instance.InstanceReads.StepEvent;
import dev.onward.value.Times;
import java.util.List;

/** How instances and step events look in answers. */
public final class InstanceJson {

    private InstanceJson() {}

    /** An instance with every step that it has done. */
    static ObjectNode whole(InstanceRow row, List<StepEvent> steps) {
        ObjectNode json = summary(row);
        ArrayNode array = json.putArray("steps");
        steps.forEach(each -> array.add(step(each.step())));
        json.set("actions", row.instance().data().actions());
        return json;
    }

    /** What a list shows of an instance. */
    static ObjectNode summary(InstanceRow row) {
        Instance instance = row.instance();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("instanceId", instance.id().toString())
                .put("journey", instance.journey().name())
                .put("journeyVersion", instance.journey().version())
                .put("profileId", instance.profileId())
                .put("state", row.state())
                .put("step", row.step())
                .put("startedAt", Times.text(instance.startedAt()));
        instance.run().ifPresent(run -> json.put("runId", run.toString()));
        row.dueAt().ifPresent(at -> json.put("dueAt", Times.text(at)));
        row.endedAt().ifPresent(at -> json.put("endedAt", Times.text(at)));
        row.ending().ifPresent(ending -> json.put("ending", ending));
        return json;
    }

    /** A step event, whose id is always the same. */
    static ObjectNode event(StepEvent event) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("_id", event.instance() + "-" + event.step().number())
                .put("journeyVersionName", event.journey())
                .put("instanceID", event.instance().toString())
                .put("profileID", event.profileId());
        return json.setAll(step(event.step()));
    }

    /** A step's record. */
    public static ObjectNode step(StepRecord step) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("number", step.number())
                .put("timestamp", Times.text(step.at()))
                .put("stepID", step.stepId())
                .put("stepName", step.stepId())
                .put("stepStatus", step.status());
        return json.setAll(step.fields());
    }
}
