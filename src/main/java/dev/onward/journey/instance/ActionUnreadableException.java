package dev.onward.journey.instance;

/** A definition cannot be read now: what was begun is tried again. */
final class ActionUnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ActionUnreadableException(Throwable cause) {
        super("the definition of an action cannot be read now", cause);
    }
}
