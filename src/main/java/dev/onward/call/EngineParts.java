package dev.onward.call;

import dev.onward.call.auth.Authenticator;
import dev.onward.call.retry.RetryRule;
import java.time.Clock;

/** What every call of an engine works with. */
record EngineParts(
        Transport transport,
        Authenticator authenticator,
        Admission admission,
        Timer timer,
        Clock clock,
        RetryRule rule) {}
