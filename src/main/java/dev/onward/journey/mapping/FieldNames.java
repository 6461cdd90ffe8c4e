package dev.onward.journey.mapping;

import dev.onward.expression.issue.Location;
import dev.onward.expression.tree.Node.Reference;
import dev.onward.expression.tree.Selector;
import dev.onward.expression.tree.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The names along a path, as far as they name fields: a choice of elements stands between them and is left out, the keys
 * of a map end them. Used once.
 */
final class FieldNames implements Step.Visitor<Boolean> {

    private static final Set<Selector> OF_ELEMENTS =
            EnumSet.of(Selector.ALL, Selector.FIRST, Selector.LAST, Selector.AT);

    private final List<Name> names = new ArrayList<>();

    private FieldNames() {}

    /** One name and where it stands. */
    record Name(String text, Location location) {}

    static List<Name> of(Reference reference) {
        FieldNames visitor = new FieldNames();
        for (Step step : reference.steps()) {
            if (!step.accept(visitor)) {
                break;
            }
        }
        return visitor.names;
    }

    @Override
    public Boolean field(Step.Field step) {
        return names.add(new Name(step.name(), step.location()));
    }

    @Override
    public Boolean selection(Step.Selection step) {
        return OF_ELEMENTS.contains(step.selector());
    }
}
