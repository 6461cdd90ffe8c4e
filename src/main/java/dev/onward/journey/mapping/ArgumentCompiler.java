package dev.onward.journey.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.action.ActionDefinition;
import dev.onward.journey.definition.Argument;
import dev.onward.journey.definition.JourneyIssue;
import dev.onward.journey.definition.Step;
import dev.onward.value.Issues;
import dev.onward.value.NearName;
import dev.onward.value.Parameter;
import dev.onward.value.TypeCheck;
import dev.onward.value.ValueType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compiles the arguments of one step and checks them against the parameters of its action. Used once. */
final class ArgumentCompiler {

    private final ExpressionCheck expressions;
    private final Set<String> earlier;
    private final FieldCheck fields;
    private final Issues issues;

    ArgumentCompiler(ExpressionCheck expressions, Set<String> earlier, Issues issues) {
        this.expressions = expressions;
        this.earlier = earlier;
        this.fields = new FieldCheck(issues);
        this.issues = issues;
    }

    /**
     * The arguments by parameter.
     *
     * @param action empty when there is none: its expressions are checked all the same
     */
    Map<String, MappedArgument> compile(Step.Act step, Optional<ActionDefinition> action) {
        Map<String, MappedArgument> mapped = new LinkedHashMap<>();
        JsonPointer at = step.at().appendProperty("arguments");
        step.arguments().forEach((name, argument) -> {
            Optional<Parameter> parameter = action.flatMap(found -> parameter(name, found.parameters(), argument.at()));
            argument(argument, parameter.orElseGet(() -> Parameter.required(name, ValueType.ANY)))
                    .ifPresent(each -> mapped.put(name, each));
        });
        action.ifPresent(found -> found.parameters().values().stream()
                .filter(parameter ->
                        !parameter.optional() && parameter.defaultValue().isEmpty())
                .filter(parameter -> !step.arguments().containsKey(parameter.name()))
                .forEach(parameter -> issues.error(
                        at.appendProperty(parameter.name()),
                        JourneyIssue.PARAMETER_MISSING,
                        "the parameter '" + parameter.name() + "' is mandatory; give it an argument")));
        return mapped;
    }

    private Optional<Parameter> parameter(String name, Map<String, Parameter> declared, JsonPointer at) {
        Optional<Parameter> parameter = Optional.ofNullable(declared.get(name));
        if (parameter.isEmpty()) {
            unknown(at, name, declared.keySet());
        }
        return parameter;
    }

    private Optional<MappedArgument> argument(Argument argument, Parameter parameter) {
        return argument.accept(new Argument.Visitor<>() {
            @Override
            public Optional<MappedArgument> literal(Argument.Literal literal) {
                TypeCheck.one(literal.value(), parameter, literal.at(), issues);
                return Optional.of(new MappedArgument.Literal(literal.value()));
            }

            @Override
            public Optional<MappedArgument> computed(Argument.Computed computed) {
                Expected expected = Expected.argument(parameter.type());
                fields.plain(parameter, expressions.shown(computed.text(), expected), computed.at());
                return expressions
                        .compile(computed.text(), expected, earlier)
                        .map(expression ->
                                new MappedArgument.Computed(expression, Projection.onto(parameter.fields(), Map.of())));
            }

            @Override
            public Optional<MappedArgument> collection(Argument.Collection collection) {
                return ArgumentCompiler.this.collection(collection, parameter);
            }
        });
    }

    private Optional<MappedArgument> collection(Argument.Collection collection, Parameter parameter) {
        boolean isList = parameter.type() == ValueType.LIST_OBJECT
                || parameter.type() == ValueType.LIST_ANY
                || parameter.type() == ValueType.ANY;
        if (!isList) {
            String message = "'" + parameter.name() + "' is declared "
                    + parameter.type().wireName() + "; a collection is for a listObject";
            issues.error(collection.at(), JourneyIssue.COLLECTION_NOT_ALLOWED, message);
        }
        Expected elements = Expected.elements(parameter.type());
        fields.mapped(collection, parameter, expressions.shown(collection.text(), elements));
        return expressions
                .compile(collection.text(), elements, earlier)
                .map(expression -> new MappedArgument.Collection(
                        expression, Projection.onto(parameter.fields(), collection.fields())));
    }

    private void unknown(JsonPointer at, String name, Set<String> known) {
        String message = "the action has no parameter '" + name + "'; it has " + known + NearName.hint(name, known);
        issues.error(at, JourneyIssue.UNKNOWN_PARAMETER, message);
    }
}
