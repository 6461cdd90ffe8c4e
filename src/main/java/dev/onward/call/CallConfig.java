package dev.onward.call;

import io.smallrye.config.ConfigMapping;
import java.util.OptionalInt;

/** How much the call engine does at once. An empty value equals an unset one. */
@ConfigMapping(prefix = "onward.call")
public interface CallConfig {

    int DEFAULT_MAX_IN_FLIGHT = 12_000;

    /**
     * Calls under way in this process at most, those included that wait for their endpoint: 1 to 1,000,000, default
     * 12,000. At the ceiling a request is refused with 503 {@code overloaded}, before anything of it is sent.
     */
    OptionalInt maxInFlight();
}
