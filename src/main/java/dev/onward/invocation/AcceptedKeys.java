package dev.onward.invocation;

import dev.onward.action.Action;
import dev.onward.call.CallId;
import dev.onward.invocation.IdempotencyStore.Claim;
import dev.onward.invocation.IdempotencyStore.Entry;
import dev.onward.value.Digests;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Idempotency keys of requests that are answered as soon as they are stored: key, answer and what was accepted stand in one
 * transaction. Thread-safe.
 */
@ApplicationScoped
public class AcceptedKeys {

    private final JdbiIdempotencyStore store;

    AcceptedKeys(JdbiIdempotencyStore store) {
        this.store = store;
    }

    /** A request that named a key. */
    public static final class Key {

        private final Entry entry;

        private Key(Entry entry) {
            this.entry = entry;
        }

        /** In the order of which keys are to be claimed, so that two transactions never wait for each other. */
        public String order() {
            return entry.action().sandbox() + "/" + entry.action().name() + "/"
                    + entry.key().text();
        }
    }

    /**
     * The key of a request. It is another request's than that of an invocation with the same text.
     *
     * @param document JSON text of the request
     * @throws IdempotencyException when the header's text is no key
     */
    public static Key key(Action action, String header, String document, Optional<String> profileId) {
        String fingerprint = Digests.sha256("accepted " + action.id() + document);
        return new Key(new Entry(action, IdempotencyKey.parse(header), fingerprint, profileId));
    }

    /**
     * Claims the key in the transaction of the handle.
     *
     * @param callId of what is about to be accepted
     * @return the first answer when the request was accepted before; empty when it is to be accepted now, with this answer
     * @throws IdempotencyException when the key stands for another request; the transaction stays usable
     */
    public Optional<String> claim(Handle handle, Key key, CallId callId, String answer, Instant now) {
        Claim claim = store.claim(handle, key.entry, callId, now, now);
        if (claim.answer().isEmpty()) {
            store.ended(handle, key.entry, answer);
        }
        return claim.answer();
    }
}
