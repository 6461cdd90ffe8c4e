package dev.onward.listener;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How often one API key may ask. What runs actions is not counted: its rate is the operator's capacity. Thread-safe. */
@ApplicationScoped
public class RequestRate {

    private static final int BURST_SECONDS = 2;

    private final int perSecond;
    private final Optional<TokenBuckets> buckets;

    @Inject
    RequestRate(ListenerConfig config) {
        this(config.requestsPerSecond().orElse(ListenerConfig.DEFAULT_REQUESTS_PER_SECOND), System::nanoTime);
    }

    RequestRate(int perSecond, LongSupplier nanoTime) {
        this.perSecond = Rates.checked("onward.listener.requests-per-second", perSecond);
        this.buckets = Rates.buckets(perSecond, BURST_SECONDS, nanoTime);
    }

    /**
     * Counts a request.
     *
     * @param keyId of the API key that was sent
     * @param path of the request
     * @throws RateLimitedException when it is one too many
     */
    public void count(String keyId, String path) {
        if (RunTimeRoutes.contains(path)) {
            return;
        }
        buckets.flatMap(each -> each.take(keyId)).ifPresent(wait -> {
            String message = "an API key may send " + perSecond + " requests in a second that run no actions, and "
                    + perSecond * BURST_SECONDS + " at once";
            throw new RateLimitedException(message, wait);
        });
    }
}
