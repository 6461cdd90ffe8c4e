package dev.onward.call;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** How a call stands in line with others. Thread-safe; nothing in it blocks. */
public interface Line {

    /** Of a call that belongs to no journey. */
    Line NONE = of("");

    /**
     * Of a call that somebody waits for.
     *
     * @param lane as {@link #lane}
     */
    static Line of(String lane) {
        return () -> lane;
    }

    /** Whose calls keep their order where they wait: the journey's name; empty outside of journeys. */
    String lane();

    /** How long the call waits for a place and for its turn; empty for as long as its window lasts. */
    default Optional<Duration> patience() {
        return Optional.empty();
    }

    /** The call was let in. */
    default void admitted(Duration waited) {}

    /**
     * What has to be done before the first byte goes out: when it fails, nothing is sent; with a {@link LinePausedException}
     * as what is paused. Asked for once a call, after {@link #admitted}.
     */
    default Optional<CompletionStage<?>> intent() {
        return Optional.empty();
    }
}
