package dev.onward.journey.entry;

import dev.onward.journey.definition.JourneyException;

/** What one audience may still have, in profiles and in bytes of what they bring. Thread-safe. */
final class AudienceRoom {

    private static final long MEBIBYTE = 1024 * 1024;

    private final int mostProfiles;
    private final long mostBytes;
    private int profiles;
    private long bytes;

    AudienceRoom(int mostProfiles, long mostBytes) {
        this.mostProfiles = mostProfiles;
        this.mostBytes = mostBytes;
    }

    /**
     * Takes room for a profile.
     *
     * @throws JourneyException when there is none
     */
    synchronized void take(long size) {
        if (profiles == mostProfiles) {
            throw full(mostProfiles + " profiles");
        }
        if (size > mostBytes - bytes) {
            throw full(mostBytes / MEBIBYTE + " MiB");
        }
        profiles++;
        bytes += size;
    }

    /** Gives back what a profile took that is not stored. */
    synchronized void giveBack(long size) {
        profiles--;
        bytes -= size;
    }

    private static JourneyException full(String most) {
        return new JourneyException(
                JourneyException.Reason.WRONG_STATE,
                "an audience has at most " + most + ", and this profile is beyond them; send it in another one");
    }
}
