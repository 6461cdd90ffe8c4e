package dev.onward.limit;

import java.time.Duration;
import java.util.Map;

/**
 * How the slots of cappings are divided among the processes on one database: the shares of a capping, those of dead
 * processes included, never sum up to more than it allows. Every method blocks and may fail, and then changed nothing or
 * what it says. Thread-safe.
 */
interface CapLedger {

    /** So long after its last sign of life a process may use its shares. */
    Duration LEASE = Duration.ofSeconds(10);

    /**
     * How a capping is divided.
     *
     * @param share of this process
     * @param all shares together
     * @param others processes beside this one that are alive and have a share or want one
     * @param wanted what the others want on top of their shares
     */
    record Standing(int share, long all, int others, long wanted) {

        /**
         * How many of the slots that nobody has go to this process: up to its fair part in any case, beyond that only what
         * no other wants, lest a busy process take back what it has just given.
         *
         * @param most that the capping allows
         * @param asked by this process on top of its share
         */
        int grant(int most, int asked) {
            long free = Math.max(0, most - all);
            long fair = Math.min(free, fairShare(most) - share);
            long spare = free - wanted;
            return (int) Math.max(0, Math.min(asked, Math.max(fair, spare)));
        }

        /** An equal part, rounded up: where there are fewer slots than processes, some have none. */
        int fairShare(int most) {
            return (most + others) / (others + 1);
        }
    }

    /** Shows that this process is alive; the standing of every capping that it has a row of. */
    Map<String, Standing> renew();

    /**
     * Takes of what nobody has.
     *
     * @param wanted on top of the share, at least 0; what is not to be had stays wanted
     */
    Standing take(String cap, CappingRule.Rate rate, int wanted);

    /** Lowers the share: no more than so many are in use in any period, now and from now on. */
    void lower(String cap, int share);

    /** Gives a share back of which nothing is in use. */
    void drop(String cap);

    /** Gives all shares back: nothing is sent any more. */
    void leave();
}
