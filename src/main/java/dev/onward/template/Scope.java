package dev.onward.template;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.onward.value.NearName;
import dev.onward.value.Parameter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The names that a placeholder can see: the parameters and the variables of the loops around it. Immutable. */
final class Scope {

    private static final String SIZE = "size";
    private static final int MAX_NAMES_TOLD = 20;

    /** A name or path, resolved. */
    record Binding(Path path, Shape shape) {}

    private final Map<String, Parameter> parameters;
    private final Map<String, Binding> variables;
    private final Findings findings;

    private Scope(Map<String, Parameter> parameters, Map<String, Binding> variables, Findings findings) {
        this.parameters = parameters;
        this.variables = variables;
        this.findings = findings;
    }

    static Scope of(Map<String, Parameter> parameters, Findings findings) {
        return new Scope(parameters, Map.of(), findings);
    }

    /** This scope and one more loop variable. */
    Scope with(String variable, int slot, Shape shape) {
        Map<String, Binding> inner = new LinkedHashMap<>(variables);
        inner.put(variable, new Binding(Path.of(slot), shape));
        return new Scope(parameters, inner, findings);
    }

    boolean knows(String name) {
        return parameters.containsKey(name) || variables.containsKey(name);
    }

    /** What a path such as {@code product.stores.size} stands for; empty when a fault was noted. */
    Optional<Binding> resolve(String path, JsonPointer at) {
        String[] names = path.split("\\.", -1);
        Optional<Binding> found = root(names[0], at);
        for (int i = 1; i < names.length; i++) {
            String name = names[i];
            boolean last = i == names.length - 1;
            found = found.flatMap(object -> step(object, name, last, at));
        }
        return found;
    }

    private Optional<Binding> root(String name, JsonPointer at) {
        if (variables.containsKey(name)) {
            return Optional.ofNullable(variables.get(name));
        }
        Parameter parameter = parameters.get(name);
        if (parameter != null) {
            return Optional.of(new Binding(Path.of(findings.layout().slotOf(name)), Shape.of(parameter)));
        }
        if (isName(name, at)) {
            Map<String, Object> known = new LinkedHashMap<>(parameters);
            known.putAll(variables);
            error(at, TemplateIssue.UNKNOWN_PARAMETER, unknown("parameter", name, known.keySet()));
        }
        return Optional.empty();
    }

    private Optional<Binding> step(Binding object, String name, boolean last, JsonPointer at) {
        Shape shape = object.shape();
        boolean isField = shape.isAny() && !last;
        if (name.equals(SIZE) && shape.hasSize() && !isField) {
            return Optional.of(new Binding(object.path().sized(), Shape.INTEGER));
        }
        Parameter field = shape.isObject() ? shape.fields().get(name) : null;
        if (field != null) {
            Path path = object.path().into(name, field.defaultValue().orElse(NullNode.instance));
            return Optional.of(new Binding(path, Shape.of(field)));
        }
        if (!isName(name, at)) {
            return Optional.empty();
        }
        if (shape.isOpen()) {
            return Optional.of(new Binding(object.path().into(name, NullNode.instance), Shape.ANY));
        }
        refuse(shape, name, at);
        return Optional.empty();
    }

    private void refuse(Shape shape, String name, JsonPointer at) {
        String type = shape.type().wireName();
        if (shape.isObject()) {
            error(
                    at,
                    TemplateIssue.UNKNOWN_FIELD,
                    unknown("field", name, shape.fields().keySet()));
        } else if (name.equals(SIZE)) {
            error(at, TemplateIssue.NO_SIZE, "'.size' is of a list or a string, found " + type);
        } else if (shape.isList()) {
            String message = "'." + name + "' is of an object, found " + type + "; repeat over a list with $each";
            error(at, TemplateIssue.NO_FIELDS, message);
        } else {
            error(at, TemplateIssue.NO_FIELDS, "'." + name + "' is of an object, found " + type);
        }
    }

    private boolean isName(String name, JsonPointer at) {
        boolean isName = Parameter.NAME.matcher(name).matches();
        if (!isName) {
            String message = "a path is names joined by '.', such as product.id; found '" + name + "' as a name";
            error(at, TemplateIssue.PATH_MALFORMED, message);
        }
        return isName;
    }

    private static String unknown(String kind, String name, Collection<String> known) {
        String told =
                known.stream().limit(MAX_NAMES_TOLD).toList() + (known.size() > MAX_NAMES_TOLD ? " and more" : "");
        return "there is no " + kind + " '" + name + "'"
                + NearName.of(name, known)
                        .map(near -> ", did you mean '" + near + "'?")
                        .orElse("")
                + "; known here are " + told;
    }

    private void error(JsonPointer at, TemplateIssue code, String message) {
        findings.error(at, code, message);
    }
}
