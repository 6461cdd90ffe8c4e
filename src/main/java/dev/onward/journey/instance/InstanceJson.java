package dev.onward.journey.instance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.journey.instance.Instance.JourneyVersion;
import dev.onward.journey.instance.InstanceReads.StepEvent;
import dev.onward.value.Times;
import java.util.List;
import java.util.Locale;

/** How instances and step events look in answers. */
public final class InstanceJson {

    private InstanceJson() {}

    /** An instance with every step that it has done. What the calls were answered is in the log, redacted as it says. */
    static ObjectNode whole(InstanceRow row, List<StepEvent> steps) {
        ObjectNode json = summary(row);
        ArrayNode array = json.putArray("steps");
        steps.forEach(each -> array.add(step(each.step())));
        ObjectNode actions = json.putObject("actions");
        row.instance()
                .data()
                .actions()
                .properties()
                .forEach(each -> actions.putObject(each.getKey())
                        .set(CallEnding.STATUS_CODE, each.getValue().path(CallEnding.STATUS_CODE)));
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

    /** A step event, whose id is always the same, with the fields that the model system's have in common. */
    static ObjectNode event(StepEvent event) {
        JourneyVersion journey = event.journey();
        StepRecord step = event.step();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("_id", event.instance() + "-" + step.number())
                .put("journeyID", journey.id().toString())
                .put("journeyVersionID", journey.id() + "-" + journey.version())
                .put("journeyVersionName", journey.name())
                .put("journeyVersion", journey.version())
                .put("instanceID", event.instance().toString())
                .put("instanceType", event.origin().run().isPresent() ? "batch" : "unitary")
                .put("fromSegmentTrigger", event.origin().run().isPresent())
                .put("profileID", event.profileId())
                .put("externalKey", event.profileId())
                .put("entrance", step.number() == 0)
                .put("reentrance", step.number() == 0 && event.origin().isAgain())
                .put("instanceEnded", event.isLast())
                .put("inTest", false)
                .put("inDryRun", false)
                .put("journeyNodeProcessed", true)
                .put("processingTime", event.processing().toMillis())
                .put("nodeID", step.stepId())
                .put("nodeName", step.stepId())
                .put("nodeType", step.fields().path("stepType").asText("").toLowerCase(Locale.ROOT));
        event.origin().run().ifPresent(run -> json.put("batchInstanceID", run.toString()));
        event.origin().eventId().ifPresent(id -> json.put("eventID", id));
        event.before().ifPresent(id -> json.put("parentStepID", id).put("parentStepName", id));
        return json.setAll(step(step));
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
