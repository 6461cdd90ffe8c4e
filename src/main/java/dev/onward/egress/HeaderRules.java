package dev.onward.egress;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.value.Issues;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which header fields a definition may set. A name is an RFC 9110 token; a value is visible ASCII with spaces and tabs
 * inside only. Fields that frame the message, name the host or are Onward's to set are reserved: an HTTP client sends
 * them as given, and then one request reads as two. Thread-safe.
 */
public final class HeaderRules {

    public static final int MAX_HEADERS = 32;

    /** Of one field, name and value together. */
    public static final int MAX_HEADER_BYTES = 4 * 1024;

    /** Of all fields together, names and values. */
    public static final int MAX_TOTAL_BYTES = 16 * 1024;

    private static final List<String> RESERVED = List.of(
            "accept-encoding",
            "connection",
            "content-encoding",
            "content-length",
            "expect",
            "forwarded",
            "host",
            "http2-settings",
            "idempotency-key",
            "keep-alive",
            "te",
            "traceparent",
            "tracestate",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "via");
    private static final List<String> RESERVED_PREFIXES = List.of(":", "proxy-", "webhook-", "x-forwarded-");

    private final BodyType bodyType;

    /** @param bodyType what the body is written as; it decides which {@code Content-Type} is allowed */
    public HeaderRules(BodyType bodyType) {
        this.bodyType = bodyType;
    }

    /**
     * Checks the names of a definition's headers: each by itself, their number, and that none stands there twice.
     *
     * @param at the object whose members they are
     */
    public void checkNames(Collection<String> names, JsonPointer at, Issues issues) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            JsonPointer place = at.appendProperty(name);
            checkName(name, place, issues);
            if (!seen.add(lower(name))) {
                String message = "the header '" + shown(name) + "' stands here twice; case does not matter";
                issues.error(place, EgressIssue.HEADER_DUPLICATE, message);
            }
        }
        if (names.size() > MAX_HEADERS) {
            String message = "a request may have " + MAX_HEADERS + " headers, found " + names.size();
            issues.error(at, EgressIssue.HEADER_LIMIT, message);
        }
    }

    /** Checks the name of one header. */
    public void checkName(String name, JsonPointer at, Issues issues) {
        if (isReserved(name)) {
            String message = "the header '" + shown(name) + "' is set by Onward or never sent; choose another name";
            issues.error(at, EgressIssue.HEADER_RESERVED, message);
            return;
        }
        nameFault(name).ifPresent(fault -> issues.error(at, EgressIssue.HEADER_INVALID, fault));
    }

    /** Checks a value that is constant. One with placeholders is checked by {@link #fault} when it is rendered. */
    public void checkValue(String name, String value, JsonPointer at, Issues issues) {
        if (isTooLong(name, value)) {
            issues.error(at, EgressIssue.HEADER_LIMIT, tooLong(name));
            return;
        }
        valueFault(name, value).ifPresent(fault -> issues.error(at, EgressIssue.HEADER_INVALID, fault));
    }

    /**
     * Why a rendered header may not be sent; nothing of its value is told.
     *
     * @return empty when it may be sent
     */
    public Optional<String> fault(String name, String value) {
        if (isReserved(name)) {
            return Optional.of("the header '" + shown(name) + "' is reserved");
        }
        return nameFault(name)
                .or(() -> isTooLong(name, value) ? Optional.of(tooLong(name)) : Optional.empty())
                .or(() -> valueFault(name, value));
    }

    /** Why a request's headers may not be sent together: their number, their size, a name that stands there twice. */
    public Optional<String> fault(List<Header> headers) {
        if (headers.size() > MAX_HEADERS) {
            return Optional.of("a request may have " + MAX_HEADERS + " headers, found " + headers.size());
        }
        int bytes = 0;
        for (int i = 0; i < headers.size(); i++) {
            Header header = headers.get(i);
            bytes += header.name().length() + header.value().length();
            if (isAmong(header.name(), headers.subList(0, i))) {
                return Optional.of("the header '" + shown(header.name()) + "' would be sent twice");
            }
        }
        return bytes > MAX_TOTAL_BYTES
                ? Optional.of("all headers together may have " + MAX_TOTAL_BYTES + " bytes, found " + bytes)
                : Optional.empty();
    }

    /** Quicker than a set for the few headers of a message. */
    private static boolean isAmong(String name, List<Header> headers) {
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isReserved(String name) {
        for (String reserved : RESERVED) {
            if (reserved.equalsIgnoreCase(name)) {
                return true;
            }
        }
        for (String prefix : RESERVED_PREFIXES) {
            if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
                return true;
            }
        }
        return false;
    }

    /** Why this cannot be the name of a header; empty when it can. */
    public static Optional<String> nameFault(String name) {
        if (name.startsWith(".") || name.startsWith("$")) {
            return Optional.of("a header's name must not begin with '.' or '$', found '" + shown(name) + "'");
        }
        return HeaderText.isToken(name)
                ? Optional.empty()
                : Optional.of("a header's name must be letters, digits and ! # $ % & ' * + - . ^ _ ` | ~, found '"
                        + shown(name) + "'");
    }

    private Optional<String> valueFault(String name, String value) {
        if (!HeaderText.isValue(value)) {
            return Optional.of("the value of the header '" + shown(name)
                    + "' must be visible ASCII, with spaces and tabs inside only");
        }
        return name.equalsIgnoreCase("content-type") && !bodyType.allows(value)
                ? Optional.of("the Content-Type must be " + bodyType.rule())
                : Optional.empty();
    }

    private static boolean isTooLong(String name, String value) {
        return name.length() + value.length() > MAX_HEADER_BYTES;
    }

    private static String tooLong(String name) {
        return "the header '" + shown(name) + "' may have " + MAX_HEADER_BYTES + " bytes, name and value together";
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** A name for a message: shortened, with what cannot be shown replaced. */
    private static String shown(String name) {
        String start = name.length() > 64 ? name.substring(0, 64) + "..." : name;
        return start.replaceAll("[^!-~]", "?");
    }
}
