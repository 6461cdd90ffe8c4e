package dev.onward.credential;

import dev.onward.value.IssueCode;

/** What can be wrong with the document of a credential. Each text is the smallest cause. */
public enum CredentialIssue implements IssueCode {
    /** {@code "password": {"set": true}} where no password is stored. */
    SECRET_MISSING,
    /** {@code "token": ""}, or a key with a line break. */
    SECRET_INVALID,
    /** {@code "username": "a:b"}: the colon ends the name (RFC 7617). */
    USERNAME_INVALID,
    /** {@code "privateKey": "secret"}: PEM with a PKCS#8 key, RSA or of the curve P-256, is asked for. */
    KEY_INVALID,
    /** {@code "certificate": "secret"}: PEM is asked for. */
    CERTIFICATE_INVALID,
    /** {@code "tokenInResponse": "access_token"}: {@code response} or {@code json://access_token} is asked for. */
    TOKEN_PATH_INVALID,
    /** {@code "endpoint": "http://…"} with {@code "subType": "certificateCredential"}. */
    HTTPS_REQUIRED,
    /** {@code "method": "GET"} with a body, or {@code POST} without one. */
    BODY_MISPLACED,
    /** {@code "cacheDuration": {}}, or both {@code duration} and {@code expiryInResponse}. */
    DURATION_AMBIGUOUS,
    /** {@code "bodyType": "form"} with an object among its {@code bodyParams}. */
    PARAMETER_NOT_FLAT,
    /** {@code "hosts": ["https://a.example"]}: a host, perhaps with a port, or {@code *.example.com} is asked for. */
    HOST_INVALID,
    /** {@code {"credential": "acme"}} where there is none of this name. */
    CREDENTIAL_NOT_FOUND,
    /** {@code "tokenPath": "token"} without a type, and {@code "policy": {"cache": false}}: tokens are always kept. */
    CHANNEL_OAUTH_UNMAPPABLE,
    /** A warning: {@code "endpoint": "https://a.example/token?x=1"}, which is a wrong URL as a rule. */
    TOKEN_URL_HAS_QUERY
}
