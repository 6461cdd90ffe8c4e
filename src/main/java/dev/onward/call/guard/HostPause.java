package dev.onward.call.guard;

import java.time.Duration;

/** Until when a host asked to be left alone. Time is given, in monotonic nanoseconds. Not thread-safe. */
final class HostPause {

    /** A provider can stop its calls for no longer, whatever it asks for. */
    static final Duration LONGEST = Duration.ofMinutes(10);

    private boolean asked;
    private long until;

    /** Nothing begins before {@code wait} is over; a pause that lasts longer already stays. */
    void ask(Duration wait, long now) {
        Duration bounded = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        long end = now + bounded.toNanos();
        if (!asked || end - until > 0) {
            asked = true;
            until = end;
        }
    }

    /** What is left of the pause; zero when there is none. */
    Duration remaining(long now) {
        return asked && until - now > 0 ? Duration.ofNanos(until - now) : Duration.ZERO;
    }
}
