package dev.onward.call;

import java.util.Optional;
import java.util.OptionalInt;

/** How a call ended. */
public sealed interface Outcome {

    /** As clients see it: {@code succeeded}. */
    String wireName();

    /** The status of the last answer, if one came. */
    default OptionalInt status() {
        return OptionalInt.empty();
    }

    /** Why it failed when the status alone does not tell. */
    default Optional<CallError> error() {
        return Optional.empty();
    }

    /** The model system's code: {@code http_<status>}, {@code timedout}, {@code capped} or {@code internalError}. */
    default String joStatusCode() {
        return status().isPresent() ? "http_" + status().getAsInt() : "internalError";
    }

    default boolean isSuccess() {
        return false;
    }

    /** A 2xx came, and it says success. */
    record Succeeded(int httpStatus) implements Outcome {
        @Override
        public String wireName() {
            return "succeeded";
        }

        @Override
        public OptionalInt status() {
            return OptionalInt.of(httpStatus);
        }

        @Override
        public boolean isSuccess() {
            return true;
        }
    }

    /** Every attempt failed, or the last one's failure is not retried. */
    record Failed(OptionalInt status, Optional<CallError> error) implements Outcome {
        @Override
        public String wireName() {
            return "failed";
        }
    }

    /** The time ran out. The error is the last real one, kept beside it. */
    record TimedOut(OptionalInt status, Optional<CallError> error) implements Outcome {
        @Override
        public String wireName() {
            return "timedOut";
        }

        @Override
        public String joStatusCode() {
            return status.isPresent() ? "http_" + status.getAsInt() : "timedout";
        }
    }

    /** It waited for as long as it may: for a place, for its turn, or to be sent at all. */
    record Expired(CallError reason) implements Outcome {
        @Override
        public String wireName() {
            return "expired";
        }

        @Override
        public Optional<CallError> error() {
            return Optional.of(reason);
        }
    }

    /** Somebody took it back before its next attempt. */
    record Cancelled(CallError reason) implements Outcome {
        @Override
        public String wireName() {
            return "cancelled";
        }

        @Override
        public Optional<CallError> error() {
            return Optional.of(reason);
        }
    }

    /** A capping was full; nothing was sent. */
    record Capped(CallError reason) implements Outcome {
        @Override
        public String wireName() {
            return "capped";
        }

        @Override
        public String joStatusCode() {
            return "capped";
        }

        @Override
        public Optional<CallError> error() {
            return Optional.of(reason);
        }
    }

    /** The person does not consent to the action's channel; nothing was sent. */
    record SkippedConsent() implements Outcome {
        @Override
        public String wireName() {
            return "skippedConsent";
        }
    }

    /** The destination may not be called; nothing was sent. */
    record Blocked(CallError reason) implements Outcome {
        @Override
        public String wireName() {
            return "blocked";
        }

        @Override
        public Optional<CallError> error() {
            return Optional.of(reason);
        }
    }
}
