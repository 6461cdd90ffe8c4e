package dev.onward.limit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.limit.LimitConfig.Stamp;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.JsonBuffer;
import dev.onward.value.JsonException;
import dev.onward.value.StrictJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/**
 * Keeps configurations and leads them through their life: created, updated, deployed, undeployed. A capping that is
 * changed stays in force as it was until it is deployed again; a throttling acts at once. What a method puts in or out of
 * force is so for the calls that begin in this process after it, and in others within seconds. Every method blocks.
 * Thread-safe.
 */
@ApplicationScoped
public class LimitConfigs {

    private static final int BAD_REQUEST = 400;
    private static final int CONFLICT = 409;

    private final LimitStore store;
    private final Limits limits;

    LimitConfigs(LimitStore store, Limits limits) {
        this.store = store;
        this.limits = limits;
    }

    /**
     * Keeps a capping and puts it in force as soon as the transaction commits; {@link #committed} must be told then.
     *
     * @return its uid
     * @throws LimitException when the document has faults
     */
    public String deployCapping(Handle handle, Sandbox sandbox, byte[] document, String author) {
        return deployed(handle, sandbox, LimitKind.CAPPING, document, author);
    }

    /** As {@link #deployCapping}, of a throttling. */
    public String deployThrottling(Handle handle, Sandbox sandbox, byte[] document, String author) {
        return deployed(handle, sandbox, LimitKind.THROTTLING, document, author);
    }

    /** Hears that a transaction has committed, so that its limits are in force for the next call in this process. */
    public void committed(Sandbox sandbox) {
        limits.forget(sandbox);
    }

    private String deployed(Handle handle, Sandbox sandbox, LimitKind kind, byte[] document, String author) {
        LimitConfig created = store.create(handle, sandbox, kind, sound(kind, document), author);
        store.save(handle, inForce(created, store.stamp(author)));
        return created.uid().toString();
    }

    LimitConfig create(Sandbox sandbox, LimitKind kind, byte[] body, String author) {
        return store.create(sandbox, kind, sound(kind, body), author);
    }

    LimitConfig replace(Sandbox sandbox, LimitKind kind, String uid, byte[] body, String author) {
        require(sandbox, kind, uid);
        String document = sound(kind, body);
        Stamp stamp = store.stamp(author);
        return change(sandbox, kind, uid, before -> {
            boolean atOnce = kind == LimitKind.THROTTLING && before.isDeployed();
            return new LimitConfig(
                    before.uid(),
                    before.sandbox(),
                    kind,
                    document,
                    atOnce ? Optional.of(document) : before.deployed(),
                    atOnce ? "deployed" : "updated",
                    before.created(),
                    stamp,
                    atOnce ? Optional.of(stamp) : before.lastDeployed());
        });
    }

    LimitConfig deploy(Sandbox sandbox, LimitKind kind, String uid, String author) {
        Stamp stamp = store.stamp(author);
        return change(sandbox, kind, uid, before -> {
            if (kind == LimitKind.THROTTLING && before.isDeployed()) {
                throw refused("14466", "Can't deploy throttling config: already deployed", BAD_REQUEST);
            }
            return inForce(before, stamp);
        });
    }

    private static LimitConfig inForce(LimitConfig before, Stamp stamp) {
        return new LimitConfig(
                before.uid(),
                before.sandbox(),
                before.kind(),
                before.document(),
                Optional.of(before.document()),
                "deployed",
                before.created(),
                before.modified(),
                Optional.of(stamp));
    }

    LimitConfig undeploy(Sandbox sandbox, LimitKind kind, String uid) {
        return change(sandbox, kind, uid, before -> {
            if (kind == LimitKind.THROTTLING && !before.isDeployed()) {
                throw refused("14468", "Can't undeploy throttling config: not deployed yet", BAD_REQUEST);
            }
            boolean updated = before.modified().at().isAfter(before.created().at());
            return new LimitConfig(
                    before.uid(),
                    before.sandbox(),
                    kind,
                    before.document(),
                    Optional.empty(),
                    updated ? "updated" : "created",
                    before.created(),
                    before.modified(),
                    before.lastDeployed());
        });
    }

    /** @param force whether one that is deployed is undeployed first */
    void delete(Sandbox sandbox, LimitKind kind, String uid, boolean force) {
        boolean found = store.delete(sandbox, kind, uid, config -> {
            if (config.isDeployed() && !force) {
                throw kind == LimitKind.CAPPING
                        ? refused(
                                "1451",
                                "Can't delete a deployed endpoint config. Undeploy it before deleting it",
                                CONFLICT)
                        : refused(
                                "1456",
                                "Can't delete a deployed throttling config. Undeploy it before deleting it",
                                CONFLICT);
            }
        });
        if (!found) {
            throw LimitException.notFound(kind);
        }
        limits.forget(sandbox);
    }

    private LimitConfig change(Sandbox sandbox, LimitKind kind, String uid, UnaryOperator<LimitConfig> change) {
        LimitConfig changed = store.change(sandbox, kind, uid, change).orElseThrow(() -> LimitException.notFound(kind));
        limits.forget(sandbox);
        return changed;
    }

    LimitConfig require(Sandbox sandbox, LimitKind kind, String uid) {
        return store.find(sandbox, kind, uid).orElseThrow(() -> LimitException.notFound(kind));
    }

    List<LimitConfig> list(Sandbox sandbox, LimitKind kind) {
        return store.list(sandbox, kind);
    }

    /** What a stored document is, checked again. */
    static LimitCheck check(LimitKind kind, JsonNode document) {
        LimitCheck check = new LimitCheck();
        if (kind == LimitKind.CAPPING) {
            LimitReader.capping(document, check);
        } else {
            LimitReader.throttling(document, check);
        }
        return check;
    }

    /** The text to store; a document with faults is refused and nothing of it stays. */
    private static String sound(LimitKind kind, byte[] body) {
        JsonNode document;
        try {
            document = StrictJson.read(body);
        } catch (JsonException notJson) {
            LimitCode code =
                    kind == LimitKind.CAPPING ? LimitCode.CAPPING_NOT_JSON : LimitCode.THROTTLING_PAYLOAD_INVALID;
            LimitCheck check = new LimitCheck();
            check.error(code);
            throw faulty(check);
        }
        LimitCheck check = check(kind, document);
        if (!check.isSound()) {
            throw faulty(check);
        }
        ObjectNode kept = document.deepCopy();
        kept.retain(kind.members());
        return JsonBuffer.textOf(kept);
    }

    private static LimitException faulty(LimitCheck check) {
        LimitCheck.Fault first = check.errors().get(0);
        return new LimitException(
                BAD_REQUEST, first.code().code(), first.message(), Optional.of(LimitJson.canDeploy(check)));
    }

    private static LimitException refused(String code, String message, int status) {
        return new LimitException(status, code, message, Optional.empty());
    }
}
