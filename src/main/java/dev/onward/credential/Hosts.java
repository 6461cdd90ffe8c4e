package dev.onward.credential;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.egress.Destination;
import dev.onward.value.Issues;
import dev.onward.value.MemberReader;
import dev.onward.value.ValueIssue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The hosts that a credential may be shown to: {@code api.example.com}, {@code api.example.com:8443}, or
 * {@code *.example.com} for every host below. Without a port the scheme's default one counts. Immutable.
 *
 * @param patterns lower case
 */
record Hosts(Set<String> patterns) {

    private static final int MAX_HOSTS = 100;
    private static final Pattern HOST = Pattern.compile(
            "(\\*\\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*(:[0-9]{1,5})?"
                    + "|\\[[0-9a-f:.]{2,45}\\](:[0-9]{1,5})?");

    Hosts {
        patterns = Set.copyOf(patterns);
    }

    /** Reads {@code hosts}; empty when an error was noted. */
    static Optional<Hosts> read(MemberReader reader) {
        return reader.require("hosts", reader.array("hosts")).flatMap(entries -> read(entries, reader));
    }

    private static Optional<Hosts> read(JsonNode entries, MemberReader reader) {
        JsonPointer at = reader.at("hosts");
        Issues issues = reader.issues();
        Set<String> patterns = new LinkedHashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            JsonNode entry = entries.get(i);
            String host = entry.asText().toLowerCase(Locale.ROOT);
            if (!entry.isTextual() || !HOST.matcher(host).matches()) {
                String message = "a host is expected, perhaps with a port, such as \"api.example.com\" or"
                        + " \"*.example.com\"; no scheme and no path";
                issues.error(at.appendIndex(i), CredentialIssue.HOST_INVALID, message);
            } else {
                patterns.add(host);
            }
        }
        if (entries.isEmpty() || entries.size() > MAX_HOSTS) {
            String message = "'hosts' must name 1 to " + MAX_HOSTS + " hosts, found " + entries.size();
            issues.error(at, ValueIssue.OUT_OF_RANGE, message);
            return Optional.empty();
        }
        return Optional.of(new Hosts(patterns));
    }

    boolean allow(Destination destination) {
        return patterns.stream().anyMatch(pattern -> allows(pattern, destination));
    }

    /** Whether every host of these is one of the others. */
    boolean isWithin(Hosts others) {
        return others.patterns.containsAll(patterns);
    }

    private static boolean allows(String pattern, Destination destination) {
        int colon = pattern.lastIndexOf(':');
        boolean withPort = colon > pattern.lastIndexOf(']');
        String host = withPort ? pattern.substring(0, colon) : pattern;
        int port = withPort
                ? Integer.parseInt(pattern.substring(colon + 1))
                : destination.scheme().defaultPort();
        if (port != destination.port()) {
            return false;
        }
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return bare.startsWith("*.")
                ? destination.host().endsWith(bare.substring(1))
                        && destination.host().length() > bare.length() - 1
                : destination.host().equals(bare);
    }

    /** For messages, in order. */
    String shown() {
        return List.copyOf(patterns).stream().sorted().toList().toString();
    }
}
