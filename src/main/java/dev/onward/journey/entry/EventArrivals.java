package dev.onward.journey.entry;

/** Whoever looks at events. */
interface EventArrivals {

    /** Events were stored by this process. Does not block; many arrivals may be told as one. */
    void arrived();
}
