package dev.onward.egress;

import java.util.regex.Pattern;

/** What a request's body is written as, and so which {@code Content-Type} may stand beside it. */
public enum BodyType {
    JSON(
            "application/json",
            "application/json or a type that ends in +json, with charset=utf-8 at most",
            "application/(json|[!#$&^_.a-z0-9-]+\\+json)[ \t]*(;[ \t]*charset=(utf-8|\"utf-8\"))?"),
    FORM(
            "application/x-www-form-urlencoded",
            "application/x-www-form-urlencoded, with charset=utf-8 at most",
            "application/x-www-form-urlencoded[ \t]*(;[ \t]*charset=(utf-8|\"utf-8\"))?");

    private final String contentType;
    private final String rule;
    private final Pattern allowed;

    BodyType(String contentType, String rule, String allowed) {
        this.contentType = contentType;
        this.rule = rule;
        this.allowed = Pattern.compile(allowed, Pattern.CASE_INSENSITIVE);
    }

    /** What is sent when the definition sets none. */
    public String contentType() {
        return contentType;
    }

    /** Which types are allowed, for a message. */
    String rule() {
        return rule;
    }

    boolean allows(String mediaType) {
        return allowed.matcher(mediaType).matches();
    }
}
