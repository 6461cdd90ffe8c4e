package dev.onward.egress;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.egress.address.AddressRanges;
import dev.onward.egress.address.IpAddress;
import dev.onward.egress.address.OwnEndpoints;
import dev.onward.value.Issues;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Says where a call may go. It is asked twice: when a definition is registered, by the URL alone, for no name is
 * resolved then; and at every connection, by the URL and by each address that the name has.
 *
 * <ul>
 *   <li>The list of schemes binds always.
 *   <li>A port must be in the list of ports, unless the host is allowed by its name, or is an address and allowed.
 *   <li>Local names and addresses that are not public are refused unless allowed. Allowing an address allows it for any
 *       public name; a local name must itself be allowed.
 *   <li>Onward's own endpoints are refused always.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class EgressPolicy {

    private final AllowList allowed;
    private final Set<Scheme> schemes;
    private final Set<Integer> ports;
    private final AddressRanges ranges;
    private final OwnEndpoints own;

    /** @throws IllegalArgumentException when a value of the configuration cannot be read; the message names it */
    public EgressPolicy(EgressConfig config, AddressRanges ranges, OwnEndpoints own) {
        this.allowed = AllowList.parse(stripped(config.allow()).orElse(List.of()));
        this.schemes = parse(stripped(config.schemes()).orElse(List.of("https")), EgressPolicy::scheme);
        this.ports = parse(stripped(config.ports()).orElse(List.of("443", "80")), EgressPolicy::port);
        this.ranges = ranges;
        this.own = own;
    }

    /**
     * Checks a URL at registration and notes every fault. It looks no name up.
     *
     * @param sandbox the name of the sandbox that would call; exceptions may be bound to one
     * @param at where the URL stands in the document that was sent
     */
    public void check(String sandbox, Destination destination, JsonPointer at, Issues issues) {
        if (!schemes.contains(destination.scheme())) {
            String found = "found " + destination.scheme().wireName();
            issues.error(at, EgressIssue.SCHEME_REFUSED, "the scheme must be one of " + wireNames() + ", " + found);
        }
        if (!isPortAllowed(sandbox, destination)) {
            String rule =
                    "the port must be one of " + ports.stream().sorted().toList() + ", found " + destination.port();
            issues.error(at, EgressIssue.PORT_REFUSED, rule);
        }
        if (hostRefusal(sandbox, destination).isPresent()) {
            String message = new DestinationRefusedException(destination.host(), "").getMessage();
            issues.error(at, EgressIssue.DESTINATION_REFUSED, String.valueOf(message));
        }
    }

    /**
     * Why the URL may not be called, whatever its name resolves to; the same rules as at registration, because the
     * configuration may have changed since.
     *
     * @return for the operator's log only; empty when it may be called
     */
    public Optional<String> refusal(String sandbox, Destination destination) {
        if (!schemes.contains(destination.scheme())) {
            return Optional.of("the scheme " + destination.scheme().wireName());
        }
        return isPortAllowed(sandbox, destination)
                ? hostRefusal(sandbox, destination)
                : Optional.of("the port " + destination.port());
    }

    /**
     * Why a connection may not go to an address that the URL's name has, or that the URL holds.
     *
     * @return for the operator's log only; empty when it may go there
     */
    public Optional<String> refusal(String sandbox, Destination destination, InetAddress address) {
        return refusal(sandbox, destination, IpAddress.of(address));
    }

    private Optional<String> refusal(String sandbox, Destination destination, IpAddress address) {
        if (own.contains(address, destination.port())) {
            return Optional.of("Onward's own endpoint " + address + ", port " + destination.port());
        }
        if (allowed.allowsName(sandbox, destination.host(), destination.port())
                || allowed.allowsAddress(sandbox, address, destination.port())) {
            return Optional.empty();
        }
        return ranges.refusal(address).map(use -> address + " is not public: " + use);
    }

    private Optional<String> hostRefusal(String sandbox, Destination destination) {
        String host = destination.host();
        Optional<IpAddress> literal = IpAddress.parse(host);
        if (literal.isPresent()) {
            return refusal(sandbox, destination, literal.get());
        }
        if (own.contains(host, destination.port())) {
            return Optional.of("Onward's own endpoint");
        }
        return allowed.allowsName(sandbox, host, destination.port()) ? Optional.empty() : LocalNames.refusal(host);
    }

    private boolean isPortAllowed(String sandbox, Destination destination) {
        int port = destination.port();
        return ports.contains(port)
                || allowed.allowsName(sandbox, destination.host(), port)
                || IpAddress.parse(destination.host())
                        .filter(literal -> allowed.allowsAddress(sandbox, literal, port))
                        .isPresent();
    }

    private List<String> wireNames() {
        return schemes.stream().map(Scheme::wireName).sorted().toList();
    }

    /** The values without the space around them; empty when nothing is left. */
    private static Optional<List<String>> stripped(Optional<List<String>> values) {
        return values.map(list -> list.stream()
                        .map(String::strip)
                        .filter(value -> !value.isEmpty())
                        .toList())
                .filter(list -> !list.isEmpty());
    }

    private static <T> Set<T> parse(List<String> values, Function<String, T> one) {
        return values.stream().map(one).collect(Collectors.toUnmodifiableSet());
    }

    private static Scheme scheme(String text) {
        return Scheme.of(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "onward.egress.schemes: '" + text + "' is no scheme; allowed are https and http"));
    }

    private static Integer port(String text) {
        return PortNumber.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "onward.egress.ports: '" + text + "' is no port; " + PortNumber.RULE));
    }
}
