package dev.onward.action;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.egress.Destination;
import dev.onward.egress.EgressPolicy;
import dev.onward.egress.UrlParser;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.Issues;
import dev.onward.value.MemberReader;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Reads {@code callback} of a durable call, by the rules of an endpoint's URL. Thread-safe. */
@ApplicationScoped
public class CallbackReader {

    private static final String URL = "url";

    private final EgressPolicy egress;

    CallbackReader(EgressPolicy egress) {
        this.egress = egress;
    }

    /**
     * Reads {@code {"url":"https://…"}}.
     *
     * @param at where it stands in the document that was sent
     * @return empty when an issue was noted
     */
    public Optional<CallbackReceiver> read(Sandbox sandbox, JsonNode callback, JsonPointer at, Issues issues) {
        return MemberReader.of(callback, at, issues).flatMap(reader -> {
            Optional<Destination> destination = reader.require(URL, reader.string(URL))
                    .flatMap(url -> UrlParser.parse(url, reader.at(URL), issues));
            destination.ifPresent(where -> egress.check(sandbox.name(), where, reader.at(URL), issues));
            reader.finish();
            return destination.map(CallbackReceiver::new);
        });
    }
}
