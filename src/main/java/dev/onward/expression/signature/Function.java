package dev.onward.expression.signature;

import java.util.List;

/**
 * A function of the language.
 *
 * @param name as it is called; case counts
 * @param group what it is about
 * @param description one line: what it answers; of a null it says something only where that is not null
 * @param isPure whether the same arguments always give the same result, so that constants are computed once
 * @param signatures all ways to call it, the most specific first; at least one
 */
public record Function(String name, Group group, String description, boolean isPure, List<Signature> signatures) {

    public Function {
        signatures = List.copyOf(signatures);
    }
}
