package dev.onward.call.auth;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.call.OutboundRequest;
import dev.onward.egress.Destination;
import dev.onward.egress.Header;
import dev.onward.egress.QueryString;
import dev.onward.secret.Masker;
import dev.onward.value.Issues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adds what proves a sender to a message. */
final class Additions {

    private Additions() {}

    /** The message with the additions; empty when its URL gets too long. */
    static Optional<OutboundRequest> to(OutboundRequest message, List<Addition> additions) {
        List<Header> headers = new ArrayList<>(message.headers());
        Map<String, String> query = new LinkedHashMap<>();
        for (Addition addition : additions) {
            if (addition instanceof Addition.OfHeader added) {
                headers.removeIf(
                        header -> header.name().equalsIgnoreCase(added.header().name()));
                headers.add(added.header());
            } else if (addition instanceof Addition.OfQuery added) {
                query.put(added.name(), added.value());
            }
        }
        Optional<Destination> destination = query.isEmpty()
                ? Optional.of(message.destination())
                : QueryString.append(message.destination(), query, JsonPointer.empty(), new Issues());
        return destination.map(where -> new OutboundRequest(message.method(), where, headers, message.body()));
    }

    /** What a credential will add, its values masked: for showing alone. */
    static OutboundRequest preview(OutboundRequest message, Credential credential) {
        List<Addition> masked = new ArrayList<>();
        Authentication authentication = credential.authentication();
        if (authentication instanceof Authentication.ApiKey key) {
            masked.add(key.target().addition(Masker.MASK));
        } else if (authentication instanceof Authentication.Token token) {
            masked.add(token.target().addition(Masker.MASK));
        } else if (authentication instanceof Authentication.Signature signature) {
            MessageSignature.headerNames(signature).forEach(name -> masked.add(header(name)));
        } else if (!(authentication instanceof Authentication.None)) {
            masked.add(header("Authorization"));
        }
        credential.headers().keySet().forEach(name -> masked.add(header(name)));
        credential.query().keySet().forEach(name -> masked.add(new Addition.OfQuery(name, Masker.MASK)));
        return to(message, masked).map(Additions::readable).orElse(message);
    }

    /** A mask needs no percent-encoding: nobody sends it. */
    private static OutboundRequest readable(OutboundRequest message) {
        Destination masked = message.destination();
        String query = masked.query().replace("%2A%2A%2A", Masker.MASK);
        return new OutboundRequest(
                message.method(), masked.withPathAndQuery(masked.path(), query), message.headers(), message.body());
    }

    private static Addition header(String name) {
        return new Addition.OfHeader(new Header(name, Masker.MASK));
    }
}
