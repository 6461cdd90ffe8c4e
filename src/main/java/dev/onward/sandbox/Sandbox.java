package dev.onward.sandbox;

import java.util.regex.Pattern;

/**
 * The isolated world of one team. It exists as soon as it is named; nothing of it is visible from another.
 *
 * @param name matches {@link #NAME}
 */
public record Sandbox(String name) {

    public static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

    /** The sandbox of a request that names none. */
    public static final Sandbox DEFAULT = new Sandbox("prod");

    public Sandbox {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a sandbox name must match " + NAME.pattern());
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
