package dev.onward.limit;

/**
 * What the clock of the database shows, in terms of this process's timer. Every answer of the database tells a span of
 * time in which its clock was read; all of them together tell it more closely than the slow ones among them. Thread-safe.
 */
final class ServerClock {

    /** Two clocks drift apart by no more than so many millionths of the time that passes. */
    private static final long DRIFT_PER_MILLION = 200;

    private static final long MILLION = 1_000_000;

    private boolean known;
    private long base;
    private long least;
    private long most;
    private long narrowedAt;

    /**
     * When a moment of the server's clock comes.
     *
     * @param latestNanos of the timer: it has come for sure
     * @param doubtNanos by how much earlier it may have come
     */
    record Reading(long latestNanos, long doubtNanos) {}

    /**
     * Notes when the server's clock was read, and tells when one of its moments comes.
     *
     * @param readNanos what the server's clock showed, since 1970
     * @param askedNanos of the timer, before it was read
     * @param answeredNanos of the timer, after it was read
     * @param momentNanos of the server's clock, since 1970
     */
    synchronized Reading read(long readNanos, long askedNanos, long answeredNanos, long momentNanos) {
        narrow(readNanos, askedNanos, answeredNanos);
        return new Reading(base + most + momentNanos, most - least);
    }

    /** The timer's time less the server's lies in both spans, unless somebody has set a clock. */
    private void narrow(long readNanos, long askedNanos, long answeredNanos) {
        long earliest = askedNanos - readNanos;
        long latest = answeredNanos - readNanos;
        if (known) {
            long drift = Math.max(0, answeredNanos - narrowedAt) * DRIFT_PER_MILLION / MILLION;
            least = Math.max(least - drift, earliest - base);
            most = Math.min(most + drift, latest - base);
        }
        if (!known || least > most) {
            known = true;
            base = earliest;
            least = 0;
            most = latest - earliest;
        }
        narrowedAt = answeredNanos;
    }
}
