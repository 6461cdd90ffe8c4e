package dev.onward.expression.function;

import dev.onward.expression.evaluation.AudienceStatus;
import dev.onward.expression.signature.Function;
import dev.onward.expression.signature.Group;
import dev.onward.expression.signature.Parameter;
import dev.onward.expression.value.BooleanValue;
import dev.onward.value.ValueType;
import java.util.List;

/** What audiences the profile is in. */
final class AudienceFunctions {

    private AudienceFunctions() {}

    static List<Function> all() {
        return List.of(
                membership("inAudience").describedAs("Whether the profile is in the audience of this constant name"),
                membership("inSegment").describedAs("The older name of inAudience"));
    }

    private static Definition membership(String name) {
        return Definition.of(name, Group.AUDIENCE)
                .impure()
                .and(ValueType.STRING, Parameter.Kind.CONSTANT)
                .gives(ValueType.BOOLEAN, arguments -> {
                    AudienceStatus status =
                            arguments.evaluation().scope().audiences().get(arguments.text(0));
                    return BooleanValue.of(status == AudienceStatus.REALIZED);
                });
    }
}
