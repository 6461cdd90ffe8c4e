package dev.onward.limit;

/**
 * The instants of what was sent lately, for a sliding window that is exact at any moment: of any span as long as the
 * period, its ends included, never more than the most lie in it. Its memory follows the traffic. Not thread-safe.
 */
final class SendWindow {

    private static final int FIRST_CAPACITY = 64;

    private long[] instants = new long[FIRST_CAPACITY];
    private int first;
    private int size;

    /**
     * Whether another may be sent now.
     *
     * @param now nanoseconds of the engine's timer, never earlier than before
     */
    boolean hasRoom(long now, int most, long periodNanos) {
        forget(now, periodNanos);
        return size < most;
    }

    /** Notes that one is sent now. */
    void add(long now) {
        if (size == instants.length) {
            grow();
        }
        instants[index(size)] = now;
        size++;
    }

    /**
     * Notes that what was noted before is sent only now: for as long as it was held up it took room all the same.
     *
     * @param noted an instant that was added; perhaps it is forgotten by now
     */
    void move(long noted, long now) {
        int held = size - 1;
        while (held >= 0 && instants[index(held)] - noted > 0) {
            held--;
        }
        if (held >= 0 && instants[index(held)] == noted) {
            for (int later = held + 1; later < size; later++) {
                instants[index(later - 1)] = instants[index(later)];
            }
            size--;
        }
        add(now);
    }

    /** How many lie in the window that ends now. */
    int used(long now, long periodNanos) {
        forget(now, periodNanos);
        return size;
    }

    /** Nanoseconds until there is room; zero when there is. */
    long untilRoom(long now, int most, long periodNanos) {
        if (hasRoom(now, most, periodNanos)) {
            return 0;
        }
        long leaving = instants[index(size - most)];
        return leaving + periodNanos - now + 1;
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
