package dev.onward.invocation;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.onward.value.Issues;
import dev.onward.value.MemberReader;
import dev.onward.value.ValueIssue;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Reads the document of an invocation. */
public final class InvocationReader {

    private static final Duration MIN_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_PROFILE_ID_LENGTH = 255;

    private InvocationReader() {}

    /**
     * The invocation.
     *
     * @throws dev.onward.value.InvalidException with every fault of the document, its arguments aside
     */
    public static Invocation read(JsonNode document) {
        Issues issues = new Issues();
        Optional<Invocation> invocation = read(document, Set.of(), issues);
        issues.throwIfErrors();
        return invocation.orElseThrow();
    }

    /**
     * The invocation in a document that has other members as well; every fault of it is noted, its arguments aside.
     *
     * @param beside members that somebody else reads
     * @return empty when it is no object
     */
    public static Optional<Invocation> read(JsonNode document, Set<String> beside, Issues issues) {
        return MemberReader.of(document, JsonPointer.empty(), issues).map(reader -> {
            reader.ignore(beside);
            return invocation(reader);
        });
    }

    private static Invocation invocation(MemberReader reader) {
        Optional<String> profileId = reader.string("profileId");
        profileId
                .filter(id -> id.isEmpty() || id.length() > MAX_PROFILE_ID_LENGTH)
                .ifPresent(id -> {
                    String message = "'profileId' must have 1 to " + MAX_PROFILE_ID_LENGTH + " characters";
                    reader.issues().error(reader.at("profileId"), ValueIssue.OUT_OF_RANGE, message);
                });
        Optional<JsonNode> path = reader.any("path");
        Optional<JsonNode> arguments = reader.any("arguments");
        arguments
                .filter(given -> !given.isObject())
                .ifPresent(given -> reader.issues()
                        .error(reader.at("arguments"), ValueIssue.WRONG_TYPE, "'arguments' must be an object"));
        Optional<Duration> timeout = reader.duration("timeout", MIN_TIMEOUT, MAX_TIMEOUT);
        reader.finish();
        return new Invocation(profileId, path, arguments.orElseGet(JsonNodeFactory.instance::objectNode), timeout);
    }
}
