package dev.onward.access;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.InvalidException;
import dev.onward.value.Issue;
import dev.onward.value.ValueIssue;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.RequestScoped;
import java.util.List;
import java.util.Set;

/** Who sent the current request, and into which sandbox. */
@RequestScoped
public class Caller {

    /** The request header that selects the sandbox. */
    public static final String SANDBOX_HEADER = "x-sandbox-name";

    private final SecurityIdentity identity;
    private final HttpServerRequest request;

    Caller(SecurityIdentity identity, HttpServerRequest request) {
        this.identity = identity;
        this.request = request;
    }

    /**
     * Who sent a request outside JAX-RS, where no annotation asks for a role.
     *
     * @param roles of which the key must have one
     * @throws UnauthorizedException when no key was sent
     * @throws ForbiddenException when the key has none of the roles
     */
    public static Caller of(SecurityIdentity identity, HttpServerRequest request, Role... roles) {
        if (identity.isAnonymous()) {
            throw new UnauthorizedException();
        }
        Caller caller = new Caller(identity, request);
        if (!Set.of(roles).contains(caller.key().role())) {
            throw new ForbiddenException();
        }
        return caller;
    }

    /** The key that was sent; only within a route that asks for a role. */
    public ApiKey key() {
        return identity.getAttribute(ApiKeyAuthentication.KEY_ATTRIBUTE);
    }

    /** Whether a key was sent and recognised; within a route that asks for a role it always was. */
    public boolean isRecognised() {
        return identity.getAttribute(ApiKeyAuthentication.KEY_ATTRIBUTE) != null;
    }

    /** The id of the key that was sent. */
    public String keyId() {
        return key().id();
    }

    /**
     * The sandbox that the request works in.
     *
     * @throws InvalidException when the header is no sandbox name
     * @throws AccessException when the key may not work in it
     */
    public Sandbox sandbox() {
        String name = request.getHeader(SANDBOX_HEADER);
        Sandbox sandbox = name == null ? Sandbox.DEFAULT : sandbox(name);
        if (!key().reaches(sandbox)) {
            throw new AccessException(
                    AccessException.Reason.SANDBOX_FORBIDDEN, "this API key may not work in the sandbox " + sandbox);
        }
        return sandbox;
    }

    /** Whether the key may read only the calls that it asked for itself. */
    public boolean readsOnlyOwnCalls() {
        return key().role() == Role.INVOKER;
    }

    private static Sandbox sandbox(String name) {
        if (!Sandbox.NAME.matcher(name).matches()) {
            String message = "the header " + SANDBOX_HEADER + " must match " + Sandbox.NAME.pattern();
            throw new InvalidException(
                    List.of(new Issue(Issue.Severity.ERROR, JsonPointer.empty(), ValueIssue.BAD_FORMAT, message)));
        }
        return new Sandbox(name);
    }
}
