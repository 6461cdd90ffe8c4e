package dev.onward.expression.signature;

import dev.onward.expression.value.Value;

/** What a function does with arguments that fit one of its signatures. Thread-safe. */
@FunctionalInterface
public interface Body {

    /**
     * The result.
     *
     * @throws dev.onward.expression.issue.Fault when there is none
     */
    Value call(Arguments arguments);
}
