package dev.onward.limit;

/**
 * The instants of what was sent lately, and the room that what is about to be sent has taken, for a sliding window that is
 * exact at any moment: of any span as long as the period, its ends included, never more than the most lie in it. Its
 * memory follows the traffic. Not thread-safe.
 */
final class SendWindow {

    private static final int FIRST_CAPACITY = 64;

    private long[] instants = new long[FIRST_CAPACITY];
    private int first;
    private int size;
    private int underWay;

    /**
     * Whether another may be sent now.
     *
     * @param now nanoseconds of the engine's timer, never earlier than before
     */
    boolean hasRoom(long now, int most, long periodNanos) {
        return used(now, periodNanos) < most;
    }

    /** Takes room for one that is about to be sent: it keeps it until it is {@link #sent} or {@link #givenUp}. */
    void take() {
        underWay++;
    }

    /** Notes that one that had taken room is sent now. */
    void sent(long now) {
        underWay--;
        add(now);
    }

    /** Notes that one that had taken room then will not be sent: it counts from then on. */
    void givenUp(long taken) {
        underWay--;
        add(taken);
        for (int at = size - 1; at > 0 && instants[index(at - 1)] - taken > 0; at--) {
            instants[index(at)] = instants[index(at - 1)];
            instants[index(at - 1)] = taken;
        }
    }

    /** Notes that one is sent now that had taken no room. */
    void add(long now) {
        if (size == instants.length) {
            grow();
        }
        instants[index(size)] = now;
        size++;
    }

    /** How many lie in the window that ends now, and are about to. */
    int used(long now, long periodNanos) {
        forget(now, periodNanos);
        return size + underWay;
    }

    /**
     * Nanoseconds until there is room, if nothing takes any before; zero when there is. Where that depends on what is about
     * to be sent it is a period, which is so long at least after that is sent.
     */
    long untilRoom(long now, int most, long periodNanos) {
        int leaving = used(now, periodNanos) - most;
        if (leaving < 0) {
            return 0;
        }
        return leaving < size ? instants[index(leaving)] + periodNanos - now + 1 : periodNanos;
    }

    private void forget(long now, long periodNanos) {
        while (size > 0 && now - instants[first] > periodNanos) {
            first = first + 1 == instants.length ? 0 : first + 1;
            size--;
        }
        if (size == 0 && instants.length > FIRST_CAPACITY) {
            instants = new long[FIRST_CAPACITY];
            first = 0;
        }
    }

    private int index(int offset) {
        int index = first + offset;
        return index < instants.length ? index : index - instants.length;
    }

    private void grow() {
        long[] larger = new long[instants.length * 2];
        for (int i = 0; i < size; i++) {
            larger[i] = instants[index(i)];
        }
        instants = larger;
        first = 0;
    }
}
