package dev.onward.journey.instance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.expression.evaluation.Scope;
import dev.onward.expression.issue.ExpressionException;
import dev.onward.journey.definition.JourneyState;
import dev.onward.journey.mapping.Route;
import dev.onward.journey.mapping.RouteCatalogue.Known;
import dev.onward.journey.mapping.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * Moves one instance on until it must wait for something. It changes nothing but its own: what to do comes back as a value.
 * Used once, by one thread.
 */
public final class Walk {

    /** How long an instance may be inside at most, as in the model system. */
    static final Duration LONGEST = Duration.ofDays(91);

    private final Known known;
    private final RandomGenerator random;
    private final Instant now;
    private final List<StepRecord> records = new ArrayList<>();
    private final Turns turns = new Turns();
    private Instance instance;

    public Walk(Known known, Instance instance, RandomGenerator random, Instant now) {
        this.known = known;
        this.instance = instance;
        this.random = random;
        this.now = now;
    }

    /** From the first step on. */
    public Progress begin() {
        return from(route().first());
    }

    /** On from a step whose call has ended. */
    public Progress called(String stepId, CallEnding ending) {
        if (isOver()) {
            return ends(stepId, Ending.TIMED_OUT);
        }
        OptionalInt at = route().find(stepId);
        Optional<Stop.Act> act = at.isPresent() ? route().stop(at.getAsInt()).act() : Optional.empty();
        return act.map(found -> from(called(found, ending))).orElseGet(() -> lost(stepId));
    }

    /** On from a step that has waited, or again at one that was held. */
    public Progress resumed(String stepId) {
        if (isOver()) {
            return ends(stepId, Ending.TIMED_OUT);
        }
        OptionalInt at = route().find(stepId);
        if (at.isEmpty()) {
            return lost(stepId);
        }
        Optional<Stop.Wait> waited = route().stop(at.getAsInt()).pause();
        if (waited.isPresent() && known.state() != JourneyState.STOPPED) {
            record(stepId, StepFields.TRANSITIONS, StepFields.ofWait(waited.get()));
            return from(waited.get().next());
        }
        return from(at.getAsInt());
    }

    private boolean isOver() {
        return !now.isBefore(instance.startedAt().plus(LONGEST));
    }

    /** Ends here, whatever comes. */
    public Progress ends(String stepId, Ending ending) {
        record(
                stepId,
                ending == Ending.TIMED_OUT ? StepFields.INSTANCE_TIMED_OUT : StepFields.ENDED,
                StepFields.ofEnd());
        return halted(new Halt.Ended(stepId, ending));
    }

    /** Ends here because of a fault. */
    Progress fails(String stepId, CallEnding.Fault fault) {
        record(stepId, StepFields.ERROR, StepFields.ofFault("Action", fault));
        return halted(new Halt.Ended(stepId, Ending.FAILED));
    }

    private Progress from(int start) {
        int at = start;
        String before = records.isEmpty() ? "" : records.get(records.size() - 1).stepId();
        while (at >= 0) {
            Stop stop = route().stop(at);
            before = stop.id();
            if (known.state() == JourneyState.STOPPED) {
                return ends(before, Ending.STOPPED);
            }
            Turn turn = stop.accept(turns);
            if (turn.halt().isPresent()) {
                return halted(turn.halt().get());
            }
            at = turn.next();
        }
        return halted(new Halt.Ended(before, at == Route.ARRIVED ? Ending.COMPLETED : broken()));
    }

    /** A call that was taken back because its journey was stopped is no failure. */
    private Ending broken() {
        return known.state() == JourneyState.STOPPED ? Ending.STOPPED : Ending.FAILED;
    }

    /**
     * What follows a stop.
     *
     * @param next the number of the next stop, unless it halts
     */
    private record Turn(int next, Optional<Halt> halt) {

        static Turn to(int next) {
            return new Turn(next, Optional.empty());
        }

        static Turn halting(Halt halt) {
            return new Turn(Route.ARRIVED, Optional.of(halt));
        }
    }

    /** Does what each kind of stop is for. */
    private final class Turns implements Stop.Visitor<Turn> {

        @Override
        public Turn act(Stop.Act act) {
            if (known.state() == JourneyState.PAUSED) {
                return Turn.halting(new Halt.Held(act.id()));
            }
            try {
                ObjectNode invocation = act.invocation(instance.profileId(), scope(act.id()), random);
                return Turn.halting(new Halt.Calls(act, invocation));
            } catch (ExpressionException noValue) {
                return Turn.to(called(act, CallEnding.faulty(StepFields.fault(noValue), Optional.empty())));
            }
        }

        @Override
        public Turn choose(Stop.Choose choose) {
            return Turn.to(chosen(choose));
        }

        @Override
        public Turn pause(Stop.Wait wait) {
            return Turn.halting(new Halt.Waits(wait.id(), now.plus(wait.duration())));
        }

        @Override
        public Turn end(Stop.End end) {
            record(end.id(), StepFields.ENDED, StepFields.ofEnd());
            return Turn.to(Route.ARRIVED);
        }
    }

    /** A condition without a value ends the instance: nothing says which way to go. */
    private int chosen(Stop.Choose choose) {
        try {
            int next = choose.next(scope(choose.id()), random);
            record(choose.id(), StepFields.TRANSITIONS, StepFields.ofChoice(next == choose.then()));
            return next;
        } catch (ExpressionException noValue) {
            record(choose.id(), StepFields.ERROR, StepFields.ofFault(StepFields.CONDITION, StepFields.fault(noValue)));
            return Route.FAILED;
        }
    }

    private int called(Stop.Act act, CallEnding ending) {
        ObjectNode actions = instance.data().actions().deepCopy();
        actions.set(act.id(), ending.answer());
        ObjectNode last = instance.data().last().deepCopy();
        StepFields.note(last, act, ending);
        instance = instance.with(instance.data().with(actions, last));
        record(act.id(), StepFields.status(ending), StepFields.ofCall(act, ending));
        return ending.isGood() ? act.next() : act.onError();
    }

    private void record(String stepId, String status, ObjectNode fields) {
        records.add(new StepRecord(instance.steps(), now, stepId, status, fields));
        ObjectNode last = instance.data().last().deepCopy();
        last.put("previousNodeId", stepId).put("previousNodeName", stepId);
        instance = instance.after(instance.data().with(instance.data().actions(), last));
    }

    /** The version has no such step: its document was changed behind our back. */
    private Progress lost(String stepId) {
        return fails(stepId, new CallEnding.Fault(StepIssue.STEP_LOST, "the version of the journey has no such step"));
    }

    private Progress halted(Halt halt) {
        return new Progress(instance, records, halt);
    }

    private Route route() {
        return known.route();
    }

    private Scope scope(String stepId) {
        ObjectNode properties = JourneyProperties.of(instance, known, stepId);
        InstanceData data = instance.data();
        return route().scope(data.payload(), data.profile(), data.actions(), properties, now);
    }
}
