package dev.onward.invocation;

import dev.onward.call.AttemptRecord;
import dev.onward.call.CallError;
import java.util.Optional;

/**
 * Whether an action could prove itself now.
 *
 * @param error why it could not
 * @param exchange with the endpoint of its token, if it has one; redacted
 */
record AuthenticationCheck(Optional<CallError> error, Optional<AttemptRecord> exchange) {}
