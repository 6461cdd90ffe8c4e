package dev.onward.limit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** A refusal in the form of the model system. */
final class LimitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Optional<ObjectNode> check;

    /** @param check what {@code canDeploy} would say, where the document is at fault */
    LimitException(int status, String code, String message, Optional<ObjectNode> check) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.check = check;
    }

    static LimitException notFound(LimitKind kind) {
        return kind == LimitKind.CAPPING
                ? new LimitException(404, "1450", "endpoint config not found", Optional.empty())
                : new LimitException(404, "14467", "throttling config not found", Optional.empty());
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    Optional<ObjectNode> check() {
        return check;
    }
}
