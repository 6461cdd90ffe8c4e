package dev.onward.expression.signature;

import dev.onward.value.ValueType;
import java.util.List;

/**
 * One way to call a function.
 *
 * @param parameters in order
 * @param result the type of every result but null
 * @param takesNull false when a null argument makes the result null without a call
 * @param body what is called
 */
public record Signature(List<Parameter> parameters, ValueType result, boolean takesNull, Body body) {

    public Signature {
        parameters = List.copyOf(parameters);
    }
}
