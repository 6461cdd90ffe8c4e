package dev.onward.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/**
 * A request to run an action for one profile; its arguments are not checked yet.
 *
 * @param profileId whom the call is for
 * @param path the dynamic part of the path: text or an array of segments
 * @param arguments an object, one member per argument
 * @param timeout the window of this call, instead of the action's
 */
public record Invocation(
        Optional<String> profileId, Optional<JsonNode> path, JsonNode arguments, Optional<Duration> timeout) {}
