package dev.onward.expression.evaluation;

import java.util.Locale;

/** How a profile stands to an audience. */
public enum AudienceStatus {
    REALIZED,
    EXITED;

    /** {@code realized} */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
