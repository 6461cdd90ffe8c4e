package dev.onward.journey.instance;

/** How an instance ended. */
public enum Ending {
    /** It came to an end of the journey. */
    COMPLETED("completed"),
    /** A call did not succeed and nothing catches that, or a condition had no value. */
    FAILED("failed"),
    /** It was inside for as long as a profile may be. */
    TIMED_OUT("timedOut"),
    /** Its journey was stopped. */
    STOPPED("stopped"),
    /** Its person was erased. */
    ERASED("erased");

    private final String wireName;

    Ending(String wireName) {
        this.wireName = wireName;
    }

    /** As clients read it: {@code completed}. */
    public String wireName() {
        return wireName;
    }
}
