package dev.onward.access;

import dev.onward.value.Page;
import java.util.Optional;

/** Where API keys are kept, by the digest of their text. Blocking. */
interface ApiKeyStore {

    void add(ApiKey key, String digest);

    Optional<ApiKey> findByDigest(String digest);

    /**
     * A page of the keys that the reader covers, in the order of their ids.
     *
     * @param afterId the last id of the page before; empty for the first page
     */
    Page<ApiKey> list(ApiKey reader, Optional<String> afterId, int limit);

    Optional<ApiKey> find(String id);

    /** Removes a key; it stops working everywhere within seconds. */
    boolean remove(String id);
}
