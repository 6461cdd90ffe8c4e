package dev.onward.dispatch.store;

import dev.onward.sandbox.Sandbox;

/**
 * Where calls go that are sent in the order of their acceptance: one host of one sandbox.
 *
 * @param host scheme, host and port: {@code https://sms.example.com:443}
 */
public record Lane(Sandbox sandbox, String host) {

    /** The host's name and port: {@code sms.example.com:443}. */
    public String nameAndPort() {
        return host.substring(host.indexOf("://") + "://".length());
    }

    /** The host's name. */
    public String name() {
        String both = nameAndPort();
        return both.substring(0, both.lastIndexOf(':'));
    }
}
