package dev.onward.journey.mapping;

import dev.onward.journey.definition.JourneyIssue;
import dev.onward.value.ValueType;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an expression has to give.
 *
 * @param types a value of one of these
 * @param mismatch the code of an expression of another type
 */
record Expected(Set<ValueType> types, JourneyIssue mismatch) {

    static final Expected CONDITION = new Expected(Set.of(ValueType.BOOLEAN), JourneyIssue.CONDITION_TYPE);
    static final Expected PATH = new Expected(Set.of(ValueType.STRING), JourneyIssue.PATH_TYPE);
    static final Expected PROFILE_ID =
            new Expected(Set.of(ValueType.STRING, ValueType.DECIMAL), JourneyIssue.PROFILE_ID_TYPE);

    static Expected argument(ValueType parameter) {
        return new Expected(Set.of(parameter), JourneyIssue.ARGUMENT_TYPE);
    }

    /** The elements of a collection: a list, or an object, which counts as a list of one. */
    static Expected elements(ValueType parameter) {
        ValueType list = parameter == ValueType.LIST_OBJECT ? ValueType.LIST_OBJECT : ValueType.LIST_ANY;
        return new Expected(Set.of(list, ValueType.OBJECT), JourneyIssue.ARGUMENT_TYPE);
    }

    /** Whether a value that is of one of the given types may be what is expected. */
    boolean mayBe(Collection<ValueType> given) {
        return given.stream().anyMatch(each -> types.stream().anyMatch(type -> Fit.fits(each, type)));
    }

    /** Types for a message: "integer or decimal". */
    static String names(Collection<ValueType> types) {
        return types.stream().sorted().map(ValueType::wireName).collect(Collectors.joining(" or "));
    }
}
