package dev.onward.journey.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.action.Action;
import dev.onward.action.ActionException;
import dev.onward.action.Actions;
import dev.onward.invocation.ArgumentsInvalidException;
import dev.onward.invocation.Trials;
import dev.onward.journey.consent.Consent;
import dev.onward.journey.instance.CallEnding;
import dev.onward.journey.instance.CallEnding.Fault;
import dev.onward.journey.instance.CallEnding.Target;
import dev.onward.journey.instance.Ending;
import dev.onward.journey.instance.Halt;
import dev.onward.journey.instance.Instance;
import dev.onward.journey.instance.InstanceJson;
import dev.onward.journey.instance.Progress;
import dev.onward.journey.instance.StepIssue;
import dev.onward.journey.instance.StepRecord;
import dev.onward.journey.instance.Walk;
import dev.onward.journey.mapping.RouteCatalogue.Known;
import dev.onward.journey.mapping.Stop;
import dev.onward.value.InvalidException;
import dev.onward.value.StrictJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * Walks one made-up instance to its end at once: a wait takes no time, though the clock of its expressions goes on. Nothing
 * of it is stored but the calls that are really made. Used once.
 */
final class Rehearsal {

    private static final RandomGenerator RANDOM =
            () -> ThreadLocalRandom.current().nextLong();

    private final Known known;
    private final Actions actions;
    private final Trials trials;
    private final Answering answering;
    private final Clock clock;
    private final ArrayNode requests = JsonNodeFactory.instance.arrayNode();
    private final ArrayNode errors = JsonNodeFactory.instance.arrayNode();
    private final List<StepRecord> records = new ArrayList<>();
    private Duration waited = Duration.ZERO;

    Rehearsal(Known known, Actions actions, Trials trials, Answering answering, Clock clock) {
        this.known = known;
        this.actions = actions;
        this.trials = trials;
        this.answering = answering;
        this.clock = clock;
    }

    /** Walks; gives the test log with the keys of the model system, and what it lacks. Blocks for calls. */
    ObjectNode run(Instance instance) {
        Progress progress = noted(walk(instance).begin());
        Optional<Halt.Ended> end = progress.halt().end();
        while (end.isEmpty()) {
            progress = noted(progress.halt().accept(new Onward(progress)));
            end = progress.halt().end();
        }
        return log(progress.instance(), end.get());
    }

    /** Goes on from where a walk halted. */
    private final class Onward implements Halt.Visitor<Progress> {

        private final Progress progress;

        Onward(Progress progress) {
            this.progress = progress;
        }

        @Override
        public Progress calls(Halt.Calls call) {
            CallEnding ending = ending(progress.instance(), call);
            return walk(progress.instance()).called(call.step(), ending);
        }

        @Override
        public Progress waits(Halt.Waits wait) {
            waited = Duration.between(clock.instant(), wait.until());
            return walk(progress.instance()).resumed(wait.step());
        }

        @Override
        public Progress held(Halt.Held held) {
            return walk(progress.instance()).ends(held.step(), Ending.STOPPED);
        }

        @Override
        public Progress ended(Halt.Ended end) {
            return progress;
        }
    }

    private Walk walk(Instance instance) {
        return new Walk(known, instance, RANDOM, now());
    }

    private Instant now() {
        return clock.instant().plus(waited);
    }

    private Progress noted(Progress progress) {
        records.addAll(progress.records());
        return progress;
    }

    private CallEnding ending(Instance instance, Halt.Calls call) {
        ObjectNode shown = requests.addObject()
                .put("stepId", call.step())
                .put("action", call.act().action());
        CallEnding ending = called(instance, call, shown);
        if (!ending.isGood()) {
            ObjectNode error = errors.addObject().put("stepId", call.step()).put("code", ending.statusCode());
            ending.fault()
                    .ifPresent(fault -> error.put("error", fault.code().code()).put("message", fault.message()));
            ending.record()
                    .flatMap(record -> record.outcome().error())
                    .ifPresent(fault -> error.put("error", fault.code().code()).put("message", fault.message()));
            if (ending.answer().has("errorResponse")) {
                error.set("errorResponse", ending.answer().get("errorResponse"));
            }
        }
        return ending;
    }

    private CallEnding called(Instance instance, Halt.Calls call, ObjectNode shown) {
        Action action;
        try {
            action = action(instance, call.act());
        } catch (ActionException gone) {
            return CallEnding.faulty(
                    new Fault(StepIssue.UNKNOWN_ACTION, String.valueOf(gone.getMessage())), Optional.empty());
        }
        Target target = Target.of(action);
        try {
            shown.set("renderedRequest", StrictJson.read(trials.rendered(action, call.invocation())));
            if (Consent.isRefused(instance.data().profile(), action.definition().document())) {
                shown.put("outcome", "skippedConsent");
                return CallEnding.skipped(target);
            }
            return answering.answer(call.step(), action, call.invocation(), shown);
        } catch (ArgumentsInvalidException | InvalidException unfit) {
            return CallEnding.faulty(
                    new Fault(StepIssue.ARGUMENTS_INVALID, String.valueOf(unfit.getMessage())), Optional.of(target));
        }
    }

    private Action action(Instance instance, Stop.Act act) {
        return act.version().isPresent()
                ? actions.version(
                        instance.sandbox(), act.action(), act.version().getAsInt())
                : actions.get(instance.sandbox(), act.action());
    }

    private ObjectNode log(Instance instance, Halt.Ended end) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("_id", instance.id().toString());
        json.set("currentstep", current(end));
        json.put("ending", end.ending().wireName());
        json.putArray("externalKeys").add(instance.profileId());
        json.putObject("enrichedData").set("profile", instance.data().profile());
        ArrayNode history = json.putArray("transitionHistory");
        history.addObject().put("step", "start").set("payload", instance.data().payload());
        records.forEach(record -> history.add(InstanceJson.step(record)));
        json.set("actionExecutionErrors", errors);
        json.set("actionsHistory", instance.data().actions());
        json.set("requests", requests);
        return json;
    }

    /** Where it ended and why; nothing is fetched on the way, so no fetch can have failed. */
    private ObjectNode current(Halt.Ended end) {
        ObjectNode current = JsonNodeFactory.instance.objectNode().put("id", end.step());
        current.putArray("fetchErrors");
        if (end.ending() == Ending.COMPLETED || records.isEmpty()) {
            return current.put("phase", end.ending() == Ending.COMPLETED ? "finished" : "error");
        }
        StepRecord last = records.get(records.size() - 1);
        JsonNode message = last.fields().path("errorMessage");
        current.put("phase", last.isTimedOut() ? "timedout" : "error");
        return current.put(
                "extraInfo",
                message.asText(last.fields().path("actionExecutionError").asText(last.status())));
    }
}
