package dev.onward.invocation;

import java.time.Duration;
import java.util.Optional;

/**
 * How one run of a call ended, before anything of it is recorded.
 *
 * @param again present when the retry rules would go on, were there retries and time left: how long the provider asks to
 *     wait at least
 */
public record Run(InvocationResult result, Optional<Duration> again) {}
