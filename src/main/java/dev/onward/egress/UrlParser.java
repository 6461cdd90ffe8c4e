package dev.onward.egress;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.egress.address.IpAddress;
import dev.onward.egress.name.HostName;
import dev.onward.value.Issues;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one parser of URLs: what is checked is what is called. It reads a small part of what RFC 3986 and the URL
 * standard (url.spec.whatwg.org) allow, chosen so that both give the same scheme, host and port for all that passes.
 *
 * <p>ASCII only, at most {@value #MAX_OCTETS} octets; {@code http://} or {@code https://} in any case; no user
 * information, fragment, backslash, space or control character; the host a DNS name as {@link HostName} wants it, four
 * canonical decimal numbers, or an IPv6 address in brackets without a zone; a port from 1 to 65535 without leading
 * zeros; path and query of legal characters only, no dot segments.
 */
public final class UrlParser {

    /** RFC 9112 §3 asks every reader to take at least this much. */
    public static final int MAX_OCTETS = 8_000;

    private static final Pattern URL = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(//)?([^/?]*)([^?]*)(?:\\?(.*))?");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\]]*]|[^:\\[\\]]*)(?::([^:]*))?");

    private final JsonPointer at;
    private final Issues issues;

    private UrlParser(JsonPointer at, Issues issues) {
        this.at = at;
        this.issues = issues;
    }

    /**
     * Reads a URL. Whether its scheme, port and host may be called is {@link EgressPolicy}'s to say.
     *
     * @param at where the URL stands in the document that was sent
     * @return empty when an issue was noted
     */
    public static Optional<Destination> parse(String url, JsonPointer at, Issues issues) {
        return new UrlParser(at, issues).parse(url);
    }

    private Optional<Destination> parse(String url) {
        Optional<String> fault = textFault(url);
        if (fault.isPresent()) {
            return refuse(EgressIssue.URL_INVALID, fault.get());
        }
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            return refuse(EgressIssue.URL_INVALID, "a URL must begin with https:// (or http://) and a host");
        }
        return scheme(parts.group(1)).flatMap(scheme -> {
            if (parts.group(2) == null) {
                return refuse(EgressIssue.URL_INVALID, "after the scheme, '://' and a host must follow");
            }
            String path = parts.group(4).isEmpty() ? "/" : parts.group(4);
            String query = Optional.ofNullable(parts.group(5)).orElse("");
            return destination(scheme, parts.group(3), path, query);
        });
    }

    private Optional<Destination> destination(Scheme scheme, String authority, String path, String query) {
        Optional<String> fault = UrlText.pathFault(path).or(() -> UrlText.queryFault(query));
        if (fault.isPresent()) {
            return refuse(EgressIssue.URL_INVALID, fault.get());
        }
        Matcher parts = AUTHORITY.matcher(authority);
        if (authority.indexOf('@') >= 0) {
            return refuse(EgressIssue.URL_INVALID, "a URL must have no user name or password before the host");
        }
        if (!parts.matches()) {
            return refuse(EgressIssue.URL_INVALID, "between '//' and the path, 'host' or 'host:port' is expected");
        }
        Optional<Integer> port =
                parts.group(2) == null ? Optional.of(scheme.defaultPort()) : PortNumber.parse(parts.group(2));
        if (port.isEmpty()) {
            return refuse(EgressIssue.URL_INVALID, PortNumber.RULE);
        }
        return host(parts.group(1)).map(host -> new Destination(scheme, host, port.get(), path, query));
    }

    private static Optional<String> textFault(String url) {
        if (url.length() > MAX_OCTETS) {
            return Optional.of("a URL may have " + MAX_OCTETS + " characters, found " + url.length());
        }
        return url.codePoints()
                .filter(character -> character <= ' ' || character >= 0x7F || character == '\\' || character == '#')
                .mapToObj(UrlParser::textFault)
                .findFirst();
    }

    private static String textFault(int character) {
        if (character == '#') {
            return "a URL must have no fragment ('#')";
        }
        String hint = character >= 0x80 ? "; write host names as xn-- labels, all else percent-encoded" : "";
        return "a URL must not contain " + UrlText.shown(character) + hint;
    }

    private Optional<Scheme> scheme(String text) {
        Optional<Scheme> scheme = Scheme.of(text);
        return scheme.isPresent()
                ? scheme
                : refuse(EgressIssue.SCHEME_REFUSED, "the scheme must be https or http, found '" + text + "'");
    }

    private Optional<String> host(String text) {
        if (text.isEmpty()) {
            return refuse(EgressIssue.URL_INVALID, "the URL names no host");
        }
        if (text.startsWith("[")) {
            String inner = text.substring(1, text.length() - 1);
            Optional<String> address = Optional.of(inner)
                    .filter(v6 -> v6.contains(":"))
                    .flatMap(IpAddress::parse)
                    .map(IpAddress::toV6Text);
            return address.isPresent()
                    ? address
                    : refuse(EgressIssue.URL_INVALID, "in brackets, an IPv6 address without a zone is expected");
        }
        String host = text.toLowerCase(Locale.ROOT);
        Optional<String> fault = HostName.fault(host);
        return fault.isEmpty()
                ? Optional.of(host)
                : refuse(EgressIssue.URL_INVALID, "the host is not valid: " + fault.get());
    }

    private <T> Optional<T> refuse(EgressIssue code, String message) {
        issues.error(at, code, message);
        return Optional.empty();
    }
}
