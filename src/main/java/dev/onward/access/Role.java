package dev.onward.access;

import java.util.Arrays;
import java.util.Optional;

/** What an API key may do. */
public enum Role {
    /** Reads definitions and logs. */
    VIEWER(Role.Names.VIEWER),
    /** Invokes, sends events, reads its own calls. */
    INVOKER(Role.Names.INVOKER),
    /** Reads and invokes; also writes and tests actions, limits and journeys. */
    AUTHOR(Role.Names.AUTHOR),
    /** Everything, keys included. */
    ADMIN(Role.Names.ADMIN);

    private final String wireName;

    Role(String wireName) {
        this.wireName = wireName;
    }

    /** As clients write it: {@code author}. */
    public String wireName() {
        return wireName;
    }

    /** The role that clients write as {@code name}. */
    public static Optional<Role> of(String name) {
        return Arrays.stream(values())
                .filter(role -> role.wireName.equals(name))
                .findFirst();
    }

    /** The wire names as constants, for annotations. */
    public static final class Names {
        public static final String VIEWER = "viewer";
        public static final String INVOKER = "invoker";
        public static final String AUTHOR = "author";
        public static final String ADMIN = "admin";

        private Names() {}
    }
}
