package dev.onward.egress.name;

import dev.onward.egress.address.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules for the host of a URL when it is a DNS name or an IPv4 address. They are stricter than the URL standard, so
 * that no two readers of a name that passes can disagree about it.
 *
 * <p>A name has labels of letters, digits, hyphens and underscores (which the DNS allows and providers use), each of 1
 * to 63 characters and with no hyphen at either end; a label that begins with {@code xn--} must be the encoding of a
 * real international label. A trailing dot is part of the name. A name whose last label is a number is no name: systems
 * read {@code 127.1}, {@code 0x7f000001} and {@code 2130706433} as addresses.
 */
public final class HostName {

    /** RFC 1035 §2.3.4, without the root's dot. */
    private static final int MAX_LENGTH = 253;

    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

    private HostName() {}

    /**
     * What is wrong with the host, or empty when nothing is.
     *
     * @param host in lower case
     */
    public static Optional<String> fault(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (name.length() > MAX_LENGTH) {
            return Optional.of("it is longer than " + MAX_LENGTH + " characters");
        }
        List<String> labels = List.of(name.split("\\.", -1));
        if (NUMBER.matcher(labels.get(labels.size() - 1)).matches()) {
            return IpAddress.parse(host).isPresent()
                    ? Optional.empty()
                    : Optional.of("it ends in a number but is no address of four decimal numbers such as 192.0.2.1");
        }
        if (!labels.stream().allMatch(label -> LABEL.matcher(label).matches())) {
            return Optional.of("each label must be 1 to 63 letters, digits, hyphens and underscores, with no hyphen at "
                    + "either end");
        }
        return InternationalName.isValid(labels)
                ? Optional.empty()
                : Optional.of("an xn-- label is not the encoding of an international name");
    }
}
