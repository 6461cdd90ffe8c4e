package dev.onward.expression.signature;

import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import dev.onward.expression.pattern.RegularExpression;
import dev.onward.expression.value.TimeText;
import dev.onward.value.ValueType;
import java.util.Optional;

/**
 * One parameter of a signature.
 *
 * @param type what it takes
 * @param kind what else is asked of its argument
 */
public record Parameter(ValueType type, Kind kind) {

    /** A parameter that takes any expression of its type. */
    public static Parameter of(ValueType type) {
        return new Parameter(type, Kind.PLAIN);
    }

    /** What is asked of an argument beside its type. */
    public enum Kind {
        /** Nothing. */
        PLAIN(false),
        /** It is a constant. */
        CONSTANT(true),
        /** It is the constant name of a time zone. */
        TIME_ZONE(true),
        /** It is the constant name of a unit of time. */
        UNIT(true),
        /** It is a regular expression; a constant one is compiled once. */
        PATTERN(false),
        /** It names an attribute of the objects of the first argument; the declared type of a constant one is known. */
        ATTRIBUTE(false);

        private final boolean needsConstant;

        Kind(boolean needsConstant) {
            this.needsConstant = needsConstant;
        }

        public boolean needsConstant() {
            return needsConstant;
        }

        /**
         * What can be made of a constant argument once for all evaluations: a zone, a unit, a compiled pattern.
         *
         * @throws Fault when the constant is none of its kind
         */
        public Optional<Object> prepare(String constant) {
            return switch (this) {
                case PLAIN, CONSTANT, ATTRIBUTE -> Optional.empty();
                case PATTERN -> Optional.of(RegularExpression.compile(constant));
                case UNIT -> Optional.of(TimeUnit.named(constant));
                case TIME_ZONE -> Optional.of(TimeText.zone(constant).orElseThrow(() -> unknownZone(constant)));
            };
        }

        private static Fault unknownZone(String id) {
            return new Fault(
                    ExpressionIssueCode.UNKNOWN_TIME_ZONE,
                    "`" + id + "` is no time zone; allowed are names as Europe/Paris, UTC, Z and offsets as +02:00");
        }
    }
}
