package dev.onward.journey.entry;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.database.GroupCommit;
import dev.onward.invocation.InvocationAnswer;
import dev.onward.invocation.OverloadedException;
import dev.onward.journey.definition.JourneyException;
import dev.onward.journey.definition.JourneyReader;
import dev.onward.journey.definition.JourneyState;
import dev.onward.journey.definition.JourneyStore;
import dev.onward.journey.definition.StoredJourney;
import dev.onward.journey.entry.AudienceRun.Counts;
import dev.onward.journey.entry.AudienceRun.Journey;
import dev.onward.journey.entry.AudienceStore.BrokenOff;
import dev.onward.journey.entry.AudienceStore.Member;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.Issues;
import dev.onward.value.MemberReader;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/** Takes audiences in: what is accepted is on disk. Thread-safe. */
@ApplicationScoped
class Audiences {

    private static final Logger LOG = Logger.getLogger(Audiences.class);

    private static final int BEGINS = 1_200;
    private static final int ENDS = 800;
    private static final int MOST_PROFILES = 1_000_000;

    /** The database keeps them until they are read: four thousand bytes a profile where there are a million. */
    private static final long MOST_BYTES_OF_ONE = 4L * 1024 * 1024 * 1024;

    private static final int MOST_WAITING = 10_000;
    private static final long MOST_BYTES = 32L * 1024 * 1024;
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(10);

    /** An upload of which nothing came for so long is over: who took it in may have died. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(10);

    private static final byte[] ACCEPTED = "{\"accepted\":1}".getBytes(StandardCharsets.UTF_8);

    private final AudienceStore store;
    private final JourneyStore journeys;
    private final Clock clock;
    private final int mostProfiles;
    private final long mostBytes;
    private final GroupCommit<Member, Boolean> commits;

    @Inject
    Audiences(AudienceStore store, JourneyStore journeys, Clock clock) {
        this(store, journeys, clock, MOST_PROFILES, MOST_BYTES_OF_ONE);
    }

    /**
     * Takes audiences of bounded size in.
     *
     * @param mostProfiles that one may have
     * @param mostBytes of what its profiles bring, {@code profile} and {@code payload}
     */
    Audiences(AudienceStore store, JourneyStore journeys, Clock clock, int mostProfiles, long mostBytes) {
        this.store = store;
        this.journeys = journeys;
        this.clock = clock;
        this.mostProfiles = mostProfiles;
        this.mostBytes = mostBytes;
        this.commits = new GroupCommit<>(
                "onward-journey-audiences",
                batch -> {
                    Set<UUID> open = store.add(batch, clock.instant());
                    return batch.stream()
                            .map(member -> open.contains(member.run()))
                            .toList();
                },
                new GroupCommit.Bounds<>(MOST_WAITING, MOST_BYTES, Member::bytes),
                Audiences::full);
    }

    /**
     * An audience that comes in.
     *
     * @param room that it still has
     */
    record Upload(AudienceRun run, AudienceRoom room) {}

    /**
     * Begins a run. Blocking.
     *
     * @param perSecond how many profiles come in a second
     * @throws JourneyException when there is no such journey, or it is not live
     */
    Upload open(Sandbox sandbox, String name, int perSecond) {
        StoredJourney journey = Optional.of(name)
                .filter(text -> JourneyReader.NAME.matcher(text).matches())
                .flatMap(text -> journeys.latest(sandbox, text))
                .orElseThrow(() -> JourneyException.notFound(name));
        if (journey.state() != JourneyState.LIVE) {
            throw new JourneyException(
                    JourneyException.Reason.WRONG_STATE,
                    "the journey '" + name + "' is " + journey.state().wireName() + " and takes nobody in; publish or"
                            + " resume it first");
        }
        AudienceRun run = new AudienceRun(
                UUID.randomUUID(),
                sandbox,
                new Journey(journey.id(), name, journey.liveVersion().orElseThrow()),
                "running",
                UploadState.UNDER_WAY,
                perSecond,
                clock.instant(),
                Optional.empty(),
                Counts.NONE);
        store.create(run);
        return new Upload(run, new AudienceRoom(mostProfiles, mostBytes));
    }

    /**
     * Accepts a profile of a run.
     *
     * @return completes when it is stored; fails with a {@link JourneyException} when the run takes nobody more
     * @throws dev.onward.value.InvalidException with every fault of the document
     * @throws JourneyException when the audience has as many profiles, or bytes, as it may
     * @throws OverloadedException when too many wait to be stored
     */
    CompletionStage<InvocationAnswer> accept(Upload upload, JsonNode document) {
        Member member = member(upload.run().id(), document);
        upload.room().take(member.bytes());
        CompletionStage<Boolean> stored;
        try {
            stored = commits.add(member);
        } catch (OverloadedException refused) {
            upload.room().giveBack(member.bytes());
            throw refused;
        }
        return stored.whenComplete((isStored, failure) -> {
                    if (failure != null || !isStored) {
                        upload.room().giveBack(member.bytes());
                    }
                })
                .thenApply(Audiences::answer);
    }

    private static InvocationAnswer answer(boolean isStored) {
        if (!isStored) {
            throw new JourneyException(
                    JourneyException.Reason.WRONG_STATE,
                    "the run was cancelled or has ended while its profiles came; begin another one");
        }
        return new InvocationAnswer(ACCEPTED, false);
    }

    /** An upload did not come to its end: whether what came is enough is for somebody to say. Blocking. */
    void brokeOff(AudienceRun run) {
        store.breakOff(run.id()).forEach(Audiences::tell);
    }

    /** The same for uploads of which nothing came for long, whichever process took them in. Blocking. */
    void breakOffSilent() {
        store.breakOffSilent(clock.instant().minus(LONGEST_SILENCE)).forEach(Audiences::tell);
    }

    private static void tell(BrokenOff broken) {
        LOG.warnf(
                "the upload of the audience run %s of the journey %s broke off; it is %s%s",
                broken.run(),
                broken.journey(),
                broken.state(),
                broken.state().equals("paused") ? ", resume or cancel it" : "");
    }

    void begin(@Observes @Priority(BEGINS) StartupEvent start) {
        commits.begin();
    }

    void end(@Observes @Priority(ENDS) ShutdownEvent stop) {
        commits.close(LONGEST_WRITE);
    }

    private static Member member(UUID run, JsonNode document) {
        Issues issues = new Issues();
        Optional<Member> member =
                MemberReader.of(document, JsonPointer.empty(), issues).flatMap(reader -> member(run, reader));
        issues.throwIfErrors();
        return member.orElseThrow();
    }

    private static Optional<Member> member(UUID run, MemberReader reader) {
        Optional<String> id = reader.require("profileId", Event.text(reader, "profileId"));
        String profile = Event.object(reader, "profile");
        String payload = Event.object(reader, "payload");
        reader.finish();
        return id.map(text -> new Member(run, text, payload, profile));
    }

    private static OverloadedException full() {
        return new OverloadedException(
                "too many profiles wait to be stored, or this Onward is stopping; try again in a moment");
    }
}
