package dev.onward.dispatch;

import dev.onward.action.ActionCatalogue;
import dev.onward.database.ChangeFeed;
import dev.onward.database.ChangeListener;
import dev.onward.dispatch.run.Pauses;
import dev.onward.dispatch.store.Lane.Host;
import dev.onward.dispatch.store.PauseStore;
import dev.onward.dispatch.store.PauseStore.Kind;
import dev.onward.dispatch.store.PauseStore.Listed;
import dev.onward.dispatch.store.PauseStore.Paused;
import dev.onward.invocation.Pausing;
import dev.onward.sandbox.Sandbox;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/**
 * What is paused, in memory; a change made by another process shows within seconds, one made here at once. Thread-safe;
 * pausing and resuming block.
 */
@ApplicationScoped
public class PausedCalls implements Pauses, Pausing, ChangeListener {

    /** A deleted action is forgotten before its pause is, so that no call of it is sent in between. */
    private static final int AFTER_THE_CATALOGUE = ActionCatalogue.STARTS + 1;

    private final PauseStore store;
    private final ChangeFeed changes;
    private final Clock clock;
    private volatile Set<Paused> paused = Set.of();

    PausedCalls(PauseStore store, ChangeFeed changes, Clock clock) {
        this.store = store;
        this.changes = changes;
        this.clock = clock;
    }

    @Override
    public boolean isPaused(Sandbox sandbox, String action) {
        Set<Paused> now = paused;
        return !now.isEmpty() && now.contains(new Paused(sandbox, Kind.ACTION, action));
    }

    @Override
    public boolean isPaused(Host host) {
        Set<Paused> now = paused;
        return !now.isEmpty()
                && (now.contains(new Paused(host.sandbox(), Kind.HOST, host.name()))
                        || now.contains(new Paused(host.sandbox(), Kind.HOST, host.nameAndPort())));
    }

    @Override
    public boolean isPaused(Sandbox sandbox, String action, String origin) {
        return isPaused(sandbox, action) || isPaused(new Host(sandbox, origin));
    }

    /** Holds durable calls back and lets others fail, from when this returns here, within seconds elsewhere. Repeatable. */
    void pause(Paused what) {
        store.pause(what, clock.instant());
        mayHaveMissed();
    }

    /** Ends a pause; repeatable. */
    void resume(Paused what) {
        store.resume(what);
        mayHaveMissed();
    }

    List<Listed> list(Sandbox sandbox) {
        return store.list(sandbox);
    }

    /** Before anything is claimed. */
    void start(@Observes @Priority(AFTER_THE_CATALOGUE) StartupEvent event) {
        mayHaveMissed();
        changes.subscribe(PauseStore.TOPIC, this);
    }

    @Override
    public void changed(String sandbox) {
        mayHaveMissed();
    }

    @Override
    public void mayHaveMissed() {
        paused = store.all();
    }
}
