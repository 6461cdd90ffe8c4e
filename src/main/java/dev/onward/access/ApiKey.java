package dev.onward.access;

import dev.onward.sandbox.Sandbox;
import java.time.Instant;
import java.util.List;

/**
 * What is known of an API key; never the key itself.
 *
 * @param id names it in paths and in the log
 * @param name what it is for, in its maker's words
 * @param sandboxes names of the sandboxes it may work in; {@value #EVERY_SANDBOX} stands for all
 * @param createdBy id of the key that made it
 */
public record ApiKey(String id, String name, Role role, List<String> sandboxes, Instant createdAt, String createdBy) {

    public static final String EVERY_SANDBOX = "*";

    public ApiKey {
        sandboxes = List.copyOf(sandboxes);
    }

    /** Whether it may hand out, see or remove a key for these sandboxes: it reaches all of them itself. */
    public boolean covers(List<String> names) {
        return sandboxes.contains(EVERY_SANDBOX) || sandboxes.containsAll(names);
    }

    /** Whether it may work in the sandbox. */
    public boolean reaches(Sandbox sandbox) {
        return sandboxes.contains(EVERY_SANDBOX) || sandboxes.contains(sandbox.name());
    }
}
