package dev.onward.calllog.search;

import dev.onward.sandbox.Sandbox;
import java.util.Optional;

/**
 * Whose calls a reader may see.
 *
 * @param callerId the API key to whose calls the reader is limited; empty for all calls of the sandbox
 */
public record LogScope(Sandbox sandbox, Optional<String> callerId) {}
