package dev.onward.call.auth;

/** How a request is signed with a shared secret. */
public enum SignatureScheme {
    /**
     * <a href="https://www.standardwebhooks.com">Standard Webhooks</a>: {@code webhook-id}, {@code webhook-timestamp} and
     * {@code webhook-signature: v1,<base64>} of HMAC-SHA256 over {@code id.timestamp.body}. The secret is Base64, with or
     * without {@code whsec_} in front.
     */
    STANDARD_WEBHOOKS("standard-webhooks"),

    /** One header {@code sha256=<hex>} of HMAC-SHA256 over the body; the secret's UTF-8 bytes are the key. */
    HMAC_SHA256("hmac-sha256");

    private final String wireName;

    SignatureScheme(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
