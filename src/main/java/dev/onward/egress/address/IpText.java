package dev.onward.egress.address;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads and writes the text of addresses. Only one spelling of an IPv4 address is read. */
final class IpText {

    private static final int V6_GROUPS = 8;
    private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]?|1[0-9][0-9]|2[0-4][0-9]|25[0-5]");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

    private IpText() {}

    static Optional<IpAddress> v4(String text) {
        if (text.isEmpty() || !Character.isDigit(text.charAt(text.length() - 1))) {
            // Every call asks it of its host, which mostly is a name.
            return Optional.empty();
        }
        String[] octets = text.split("\\.", -1);
        if (octets.length != 4) {
            return Optional.empty();
        }
        long bits = 0;
        for (String octet : octets) {
            if (!OCTET.matcher(octet).matches()) {
                return Optional.empty();
            }
            bits = bits << 8 | Integer.parseInt(octet);
        }
        return Optional.of(IpAddress.v4(bits));
    }

    static Optional<IpAddress> v6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true)
                    .filter(groups -> groups.size() == V6_GROUPS)
                    .map(IpText::address);
        }
        Optional<List<Integer>> tail = groups(text.substring(gap + 2), true);
        return groups(text.substring(0, gap), false)
                .flatMap(head -> tail.filter(rest -> head.size() + rest.size() < V6_GROUPS)
                        .map(rest -> address(widened(head, rest))));
    }

    static String v4Text(long bits) {
        return (bits >> 24 & 0xFF) + "." + (bits >> 16 & 0xFF) + "." + (bits >> 8 & 0xFF) + "." + (bits & 0xFF);
    }

    static String v6Text(IpAddress address) {
        int[] groups = new int[V6_GROUPS];
        for (int i = 0; i < V6_GROUPS; i++) {
            long half = i < 4 ? address.high() : address.low();
            groups[i] = (int) (half >>> 48 - 16 * (i % 4) & 0xFFFF);
        }
        int gapStart = longestZeroRun(groups);
        int gapLength = zerosFrom(groups, gapStart);
        if (gapLength < 2) {
            return hex(groups, 0, V6_GROUPS);
        }
        return hex(groups, 0, gapStart) + "::" + hex(groups, gapStart + gapLength, V6_GROUPS);
    }

    /** The groups between colons; a dotted quad at the end counts as two. */
    private static Optional<List<Integer>> groups(String text, boolean mayEndInV4) {
        List<Integer> groups = new ArrayList<>();
        String[] parts = text.isEmpty() ? new String[0] : text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            Optional<IpAddress> quad = mayEndInV4 && i == parts.length - 1 ? v4(parts[i]) : Optional.empty();
            if (quad.isPresent()) {
                groups.add((int) (quad.get().low() >> 16 & 0xFFFF));
                groups.add((int) (quad.get().low() & 0xFFFF));
            } else if (GROUP.matcher(parts[i]).matches()) {
                groups.add(Integer.parseInt(parts[i], 16));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(groups);
    }

    private static List<Integer> widened(List<Integer> head, List<Integer> tail) {
        List<Integer> all = new ArrayList<>(head);
        while (all.size() + tail.size() < V6_GROUPS) {
            all.add(0);
        }
        all.addAll(tail);
        return all;
    }

    private static IpAddress address(List<Integer> groups) {
        return new IpAddress(half(groups.subList(0, 4)), half(groups.subList(4, V6_GROUPS)));
    }

    private static long half(List<Integer> groups) {
        long bits = 0;
        for (int group : groups) {
            bits = bits << 16 | group;
        }
        return bits;
    }

    /** Where the longest run of zeros starts, the first of several. */
    private static int longestZeroRun(int[] groups) {
        int best = 0;
        for (int i = 1; i < groups.length; i++) {
            if (zerosFrom(groups, i) > zerosFrom(groups, best)) {
                best = i;
            }
        }
        return best;
    }

    private static int zerosFrom(int[] groups, int start) {
        int end = start;
        while (end < groups.length && groups[end] == 0) {
            end++;
        }
        return end - start;
    }

    private static String hex(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
