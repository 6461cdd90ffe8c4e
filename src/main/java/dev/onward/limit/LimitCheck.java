package dev.onward.limit;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one configuration, and what its author should know. Not thread-safe. */
final class LimitCheck {

    private final List<Fault> errors = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();

    /** One thing that is wrong. */
    record Fault(LimitCode code, String message) {}

    /**
     * One thing that its author should know.
     *
     * @param service of the configuration that it is about
     */
    record Warning(LimitCode code, String message, String service, String url) {}

    void error(LimitCode code) {
        error(code, "");
    }

    void error(LimitCode code, String found) {
        errors.add(new Fault(code, code.message(found)));
    }

    void warning(LimitCode code, String service, String url) {
        warnings.add(new Warning(code, code.message(""), service, url));
    }

    boolean isSound() {
        return errors.isEmpty();
    }

    List<Fault> errors() {
        return List.copyOf(errors);
    }

    List<Warning> warnings() {
        return List.copyOf(warnings);
    }
}
