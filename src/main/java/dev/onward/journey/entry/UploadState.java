package dev.onward.journey.entry;

import java.util.Arrays;

/** How far the profiles of an audience have come to us. */
enum UploadState {
    /** They come. */
    UNDER_WAY("underWay"),
    /** All are stored. */
    COMPLETE("complete"),
    /** The client went away, or the process that took them in died: some are stored. */
    BROKEN_OFF("brokenOff");

    private final String wireName;

    UploadState(String wireName) {
        this.wireName = wireName;
    }

    /** As clients read it, and as it is stored: {@code underWay}. */
    String wireName() {
        return wireName;
    }

    static UploadState of(String wireName) {
        return Arrays.stream(values())
                .filter(state -> state.wireName.equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no state '" + wireName + "' of an upload"));
    }
}
