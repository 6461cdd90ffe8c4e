package dev.onward.egress;

import dev.onward.egress.address.Cidr;
import dev.onward.egress.address.IpAddress;
import dev.onward.egress.name.HostName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operator's exceptions, key {@code onward.egress.allow}. A name allows whatever it resolves to; an address or a
 * CIDR allows those addresses under whatever name they are reached.
 */
final class AllowList {

    private static final String FORM =
            "expected is [sandbox=]target[:port], the target a host name, an address or a CIDR,"
                    + " an IPv6 target in brackets when a port follows";

    /** The target's alternatives: in brackets; IPv6, recognised by its two colons; anything else. */
    private static final Pattern ENTRY = Pattern.compile("(?:([a-z0-9-]{1,64})=)?"
            + "(?:\\[([^\\[\\]]+)](?::([^:]+))?|([^:=\\[\\]]*:[^=\\[\\]]*:[^=\\[\\]]*)|([^:=\\[\\]]+)(?::([^:]+))?)");

    private final List<Entry> entries;

    private AllowList(List<Entry> entries) {
        this.entries = entries;
    }

    /** @throws IllegalArgumentException when an entry cannot be read; the message names it */
    static AllowList parse(List<String> entries) {
        return new AllowList(entries.stream().map(AllowList::entry).toList());
    }

    boolean allowsName(String sandbox, String host, int port) {
        for (Entry entry : entries) {
            if (entry.covers(sandbox, port) && entry.target().isName(host)) {
                return true;
            }
        }
        return false;
    }

    boolean allowsAddress(String sandbox, IpAddress address, int port) {
        for (Entry entry : entries) {
            if (entry.covers(sandbox, port) && entry.target().contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static Entry entry(String text) {
        Matcher parts = ENTRY.matcher(text);
        if (!parts.matches()) {
            throw unreadable(text, FORM);
        }
        Optional<Integer> port = first(parts, 3, 6)
                .map(digits -> PortNumber.parse(digits).orElseThrow(() -> unreadable(text, PortNumber.RULE)));
        String target = first(parts, 2, 4, 5).orElseThrow().toLowerCase(Locale.ROOT);
        return new Entry(Optional.ofNullable(parts.group(1)), target(text, target), port);
    }

    private static Optional<String> first(Matcher parts, int... groups) {
        for (int group : groups) {
            if (parts.group(group) != null) {
                return Optional.of(parts.group(group));
            }
        }
        return Optional.empty();
    }

    private static Target target(String entry, String text) {
        try {
            Optional<Cidr> block = Cidr.parse(text);
            if (block.isPresent()) {
                return new Block(block.get());
            }
        } catch (IllegalArgumentException fault) {
            throw unreadable(entry, String.valueOf(fault.getMessage()));
        }
        HostName.fault(text).ifPresent(fault -> {
            throw unreadable(entry, "'" + text + "' is no host name: " + fault + "; " + FORM);
        });
        return new Name(text);
    }

    private static IllegalArgumentException unreadable(String entry, String why) {
        return new IllegalArgumentException("onward.egress.allow: '" + entry + "' cannot be read: " + why);
    }

    private record Entry(Optional<String> sandbox, Target target, Optional<Integer> port) {

        boolean covers(String calling, int called) {
            return (sandbox.isEmpty() || sandbox.get().equals(calling)) && (port.isEmpty() || port.get() == called);
        }
    }

    private sealed interface Target {

        boolean isName(String host);

        boolean contains(IpAddress address);
    }

    private record Name(String name) implements Target {

        @Override
        public boolean isName(String host) {
            return name.equals(host);
        }

        @Override
        public boolean contains(IpAddress address) {
            return false;
        }
    }

    private record Block(Cidr cidr) implements Target {

        @Override
        public boolean isName(String host) {
            return false;
        }

        @Override
        public boolean contains(IpAddress address) {
            return cidr.contains(address);
        }
    }
}
