package dev.onward.call;

import dev.onward.call.auth.Authenticator;
import dev.onward.call.retry.RetryRule;
import java.time.Clock;

/**
 * What every call of an engine works with.
 *
 * @param authenticator signs what {@code transport} sends
 * @param admission asked before every call and attempt
 * @param clock only for the time stamps of the log and for dates in {@code Retry-After}
 */
public record EngineParts(
        Transport transport,
        Authenticator authenticator,
        Admission admission,
        Timer timer,
        Clock clock,
        RetryRule rule) {}
