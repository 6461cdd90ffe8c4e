package dev.onward.expression.function;

import dev.onward.expression.signature.Body;
import dev.onward.expression.signature.Function;
import dev.onward.expression.signature.Group;
import dev.onward.expression.signature.Parameter;
import dev.onward.expression.signature.Signature;
import dev.onward.value.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes down one function: its name, then its signatures, then what it answers. Used once, by one thread. */
final class Definition {

    /** The lists of scalars, which most list functions take. */
    static final List<ValueType> SCALAR_LISTS = Arrays.stream(ValueType.values())
            .filter(type -> type.isList() && type != ValueType.LIST_OBJECT && type != ValueType.LIST_ANY)
            .toList();

    private final String name;
    private final Group group;
    private final List<Signature> signatures = new ArrayList<>();
    private boolean isPure = true;
    private boolean takesNull;
    private List<Parameter> parameters = List.of();

    private Definition(String name, Group group) {
        this.name = name;
        this.group = group;
    }

    static Definition of(String name, Group group) {
        return new Definition(name, group);
    }

    /** The function's results depend on more than its arguments. */
    Definition impure() {
        isPure = false;
        return this;
    }

    /** The bodies that follow get null arguments too. */
    Definition takingNull() {
        takesNull = true;
        return this;
    }

    /** The parameters of the signature that {@link #gives} ends. */
    Definition takes(ValueType... types) {
        parameters = Arrays.stream(types).map(Parameter::of).toList();
        return this;
    }

    /** One more parameter, which asks more of its argument than its type. */
    Definition and(ValueType type, Parameter.Kind kind) {
        List<Parameter> more = new ArrayList<>(parameters);
        more.add(new Parameter(type, kind));
        parameters = more;
        return this;
    }

    /** Ends one signature. */
    Definition gives(ValueType result, Body body) {
        signatures.add(new Signature(parameters, result, takesNull, body));
        parameters = List.of();
        return this;
    }

    /** One signature for each list of scalars. */
    Definition overScalarLists(ValueType result, Body body) {
        SCALAR_LISTS.forEach(list -> takes(list).gives(result, body));
        return this;
    }

    /** The function, with what it answers in one line. */
    Function describedAs(String description) {
        return new Function(name, group, description, isPure, signatures);
    }
}
