package dev.onward.database;

/**
 * Holds copies of stored things and wants to know when they are outdated. Called by one thread, for all topics in turn:
 * drop or reload the copy and return. One that throws is told {@link #mayHaveMissed} later.
 */
public interface ChangeListener {

    /**
     * Something changed and is committed. May come more than once for one change, and also for this process's own.
     *
     * @param key what changed, in the words of its topic
     */
    void changed(String key);

    /** Anything of the topic may have changed: after subscribing, and after a time without the database. */
    void mayHaveMissed();
}
