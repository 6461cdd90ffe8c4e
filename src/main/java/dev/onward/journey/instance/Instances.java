package dev.onward.journey.instance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.action.ActionCatalogue;
import dev.onward.call.Outcome;
import dev.onward.dispatch.StepCalls;
import dev.onward.dispatch.store.CallEnds;
import dev.onward.dispatch.store.DurableCall;
import dev.onward.journey.definition.JourneyState;
import dev.onward.journey.instance.Instance.JourneyVersion;
import dev.onward.journey.instance.InstanceStore.Entrance;
import dev.onward.journey.instance.InstanceStore.Latest;
import dev.onward.journey.instance.InstanceStore.Recorded;
import dev.onward.journey.instance.Mover.Moved;
import dev.onward.journey.instance.Mover.Start;
import dev.onward.journey.mapping.RouteCatalogue;
import dev.onward.journey.mapping.RouteCatalogue.Known;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Begins instances and moves them on, each time in the transaction of what moves them: an event, the end of a call, a time.
 * What they wait for is stored with them, so that they go on whoever dies when. Blocking, thread-safe.
 */
@ApplicationScoped
public class Instances implements CallEnds {

    private final InstanceStore store = new InstanceStore();
    private final RouteCatalogue routes;
    private final StepCalls calls;
    private final Mover mover;
    private final Clock clock;

    Instances(RouteCatalogue routes, ActionCatalogue actions, StepCalls calls, Clock clock) {
        this.routes = routes;
        this.calls = calls;
        this.mover = new Mover(actions, calls, () -> ThreadLocalRandom.current().nextLong());
        this.clock = clock;
    }

    /**
     * A profile that comes in.
     *
     * @param from what brings it
     */
    public record Arrival(Known known, String profileId, JsonNode payload, JsonNode profile, From from) {

        /**
         * What brings a profile: one of the two.
         *
         * @param event the id of an event
         * @param run an audience run
         */
        public record From(Optional<String> event, Optional<UUID> run) {

            public static From event(String id) {
                return new From(Optional.of(id), Optional.empty());
            }

            public static From run(UUID id) {
                return new From(Optional.empty(), Optional.of(id));
            }
        }

        private Key key() {
            return new Key(known.journey().id(), profileId);
        }
    }

    /** What became of an arrival. */
    public enum Admission {
        /** It is on its way, or has come through already. */
        BEGUN,
        /** It is inside and stays there once. */
        ALREADY_INSIDE,
        /** It was inside too short a time ago, or may not come again at all. */
        TOO_SOON
    }

    /**
     * What became of arrivals.
     *
     * @param admissions in their order
     * @param afterwards what to do after the commit
     */
    public record Begun(List<Admission> admissions, Runnable afterwards) {}

    private record Key(UUID journey, String profileId) {}

    /** Begins an instance for each arrival that may come in, in the transaction of the handle. */
    public Begun begin(Handle handle, List<Arrival> arrivals) throws SQLException {
        Instant now = clock.instant();
        Admission[] admissions = new Admission[arrivals.size()];
        Map<UUID, Integer> places = new HashMap<>();
        Map<UUID, Entrance> entrances = new HashMap<>();
        List<Moved> moved = new ArrayList<>();
        Map<Key, Latest> latest = latest(handle, arrivals, now);
        Set<Key> seen = new HashSet<>();
        for (int i = 0; i < admissions.length; i++) {
            Arrival arrival = arrivals.get(i);
            admissions[i] = admission(arrival, Optional.ofNullable(latest.get(arrival.key())), now);
            if (!seen.add(arrival.key()) && admissions[i] == Admission.BEGUN) {
                admissions[i] = Admission.ALREADY_INSIDE;
            }
            if (admissions[i] == Admission.BEGUN) {
                Instance instance = instance(arrival, now);
                places.put(instance.id(), i);
                entrances.put(
                        instance.id(),
                        new Entrance(
                                arrival.from().event(),
                                latest.containsKey(arrival.key()),
                                arrival.known().route().reentry().next(now)));
                moved.add(mover.move(arrival.known(), instance, Walk::begin, now));
            }
        }
        Set<UUID> in = insert(handle, moved, entrances, now);
        places.forEach((id, place) -> {
            if (!in.contains(id)) {
                admissions[place] = Admission.ALREADY_INSIDE;
            }
        });
        Runnable afterwards = write(
                handle,
                moved.stream()
                        .filter(each -> in.contains(each.progress().instance().id()))
                        .toList());
        return new Begun(List.of(admissions), afterwards);
    }

    private Set<UUID> insert(Handle handle, List<Moved> moved, Map<UUID, Entrance> entrances, Instant now)
            throws SQLException {
        return moved.isEmpty()
                ? Set.of()
                : store.insert(
                        handle,
                        rows(moved, now),
                        row -> Objects.requireNonNull(
                                entrances.get(row.instance().id())));
    }

    @Override
    public Runnable ended(Handle handle, List<CallEnd> ends) throws SQLException {
        Instant now = clock.instant();
        Map<UUID, CallEnd> byInstance = new HashMap<>();
        ends.forEach(end ->
                byInstance.put(UUID.fromString(end.call().origin().instanceId().orElseThrow()), end));
        List<Moved> moved = new ArrayList<>();
        List<InstanceRow> rows = store.lock(handle, List.copyOf(byInstance.keySet()));
        Map<UUID, JourneyState> states = states(handle, rows);
        for (InstanceRow row : rows) {
            CallEnd end = byInstance.get(row.instance().id());
            if (end != null
                    && end.call().origin().stepId().filter(row.step()::equals).isPresent()) {
                CallEnding ending = CallEnding.of(end.record(), end.attempts(), end.response(), end.errorResponse());
                moved.add(move(row, states, walk -> walk.called(row.step(), ending), now));
            }
        }
        return update(handle, moved, now);
    }

    /**
     * Moves instances on whose time has come, in the transaction of the handle.
     *
     * @return empty when there are none; else what to do after the commit
     */
    Optional<Runnable> resume(Handle handle, int most) throws SQLException {
        Instant now = clock.instant();
        List<InstanceRow> due = store.due(handle, now, most);
        List<Moved> moved = new ArrayList<>();
        Map<UUID, JourneyState> states = states(handle, due);
        for (InstanceRow row : due) {
            moved.add(move(row, states, walk -> walk.resumed(row.step()), now));
        }
        return due.isEmpty() ? Optional.empty() : Optional.of(update(handle, moved, now));
    }

    /** Puts the instance off that {@link #resume} would begin with. */
    void putOff(Handle handle, Duration delay) {
        Instant now = clock.instant();
        store.putOff(handle, now, now.plus(delay));
    }

    /** Makes instances due that nothing holds any more; gives how many. */
    int release(Handle handle, int most) {
        return store.release(handle, clock.instant(), most);
    }

    /** Forgets instances that ended before a time, and what they did; gives how many. */
    int forget(Handle handle, Instant before, int most) {
        return store.forget(handle, before, clock.instant(), most);
    }

    /** Read with the instances, and not from memory: a process that has not heard of a stop must make no call. */
    private Map<UUID, JourneyState> states(Handle handle, List<InstanceRow> rows) {
        Set<UUID> journeys =
                rows.stream().map(row -> row.instance().journey().id()).collect(Collectors.toUnmodifiableSet());
        return journeys.isEmpty() ? Map.of() : store.states(handle, journeys);
    }

    private Moved move(InstanceRow row, Map<UUID, JourneyState> states, Start start, Instant now) {
        JourneyVersion journey = row.instance().journey();
        return routes.version(journey.id(), journey.version())
                .map(known -> known.as(states.getOrDefault(journey.id(), JourneyState.STOPPED)))
                .map(known -> mover.move(known, row.instance(), start, now))
                .orElseGet(() -> Mover.lost(row, now));
    }

    private static Admission admission(Arrival arrival, Optional<Latest> latest, Instant now) {
        if (latest.isEmpty()) {
            return Admission.BEGUN;
        }
        if (latest.get().isInside()) {
            return Admission.ALREADY_INSIDE;
        }
        Duration after = arrival.known().route().reentry().after();
        boolean mayAgain = arrival.known().route().reentry().isAllowed()
                && !now.isBefore(latest.get().startedAt().plus(after));
        return mayAgain ? Admission.BEGUN : Admission.TOO_SOON;
    }

    private Map<Key, Latest> latest(Handle handle, List<Arrival> arrivals, Instant now) throws SQLException {
        Map<Key, Latest> latest = new HashMap<>();
        if (!arrivals.isEmpty()) {
            List<Instance> asked =
                    arrivals.stream().map(arrival -> instance(arrival, now)).toList();
            store.latest(handle, asked).forEach(each -> latest.put(new Key(each.journey(), each.profileId()), each));
        }
        return latest;
    }

    private static Instance instance(Arrival arrival, Instant now) {
        JourneyVersion version = new JourneyVersion(
                arrival.known().journey().id(),
                arrival.known().journey().name(),
                arrival.known().journey().version());
        return new Instance(
                UUID.randomUUID(),
                arrival.known().journey().sandbox(),
                version,
                arrival.profileId(),
                now,
                arrival.from().run(),
                0,
                InstanceData.of(arrival.payload(), arrival.profile()));
    }

    private Runnable update(Handle handle, List<Moved> moved, Instant now) throws SQLException {
        if (moved.isEmpty()) {
            return () -> {};
        }
        store.update(handle, rows(moved, now));
        return write(handle, moved);
    }

    private static List<InstanceRow> rows(List<Moved> moved, Instant now) {
        return moved.stream().map(each -> InstanceRow.of(each, now)).toList();
    }

    private Runnable write(Handle handle, List<Moved> moved) throws SQLException {
        List<DurableCall> made =
                moved.stream().flatMap(each -> each.call().stream()).toList();
        List<Recorded> records = moved.stream()
                .flatMap(each -> each.progress().records().stream()
                        .map(step -> new Recorded(each.progress().instance(), step)))
                .toList();
        store.record(handle, records);
        calls.skip(
                handle, moved.stream().flatMap(each -> each.skipped().stream()).toList(), new Outcome.SkippedConsent());
        calls.store(handle, made);
        return () -> calls.stored(made);
    }
}
