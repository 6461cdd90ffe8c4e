package dev.onward.dispatch.store;

import dev.onward.sandbox.Sandbox;

/**
 * Calls that are sent in the order of their acceptance: what one journey asks of one action on one host. Lanes take turns.
 *
 * @param origin scheme, host and port: {@code https://sms.example.com:443}
 * @param action its name
 * @param journey its name; empty outside of journeys
 */
public record Lane(Sandbox sandbox, String origin, String action, String journey) {

    public Host host() {
        return new Host(sandbox, origin);
    }

    /** One host of one sandbox, whose lanes share what it can take. */
    public record Host(Sandbox sandbox, String origin) {

        /** The host's name and port: {@code sms.example.com:443}. */
        public String nameAndPort() {
            return origin.substring(origin.indexOf("://") + "://".length());
        }

        /** The host's name. */
        public String name() {
            String both = nameAndPort();
            return both.substring(0, both.lastIndexOf(':'));
        }
    }
}
