package dev.onward.action;

import dev.onward.egress.BodyType;
import dev.onward.template.Template;
import java.util.Optional;

/**
 * What an action sends as the body.
 *
 * @param type what it is written as; it decides which {@code Content-Type} may stand beside it
 * @param template renders it; empty for a request without one
 */
public record RequestBody(BodyType type, Optional<Template> template) {

    /** Of a definition that has no {@code request}. */
    static final RequestBody NONE = new RequestBody(BodyType.JSON, Optional.empty());
}
