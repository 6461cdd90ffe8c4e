package dev.onward.journey.mapping;

import dev.onward.expression.tree.Node;
import dev.onward.expression.tree.Node.Reference;
import dev.onward.expression.tree.Step;

/** Follows a path through what the samples show, as evaluation follows it through the data. Used once. */
final class ShownPath implements Step.Visitor<Shown> {

    private Shown at;
    private boolean isList;

    private ShownPath(Shown root) {
        this.at = root;
    }

    /** What is shown of the values of an expression; nothing unless it is a reference and nothing else. */
    static Shown of(Node tree, KnownData data) {
        return tree instanceof Reference reference ? of(reference, data) : Shown.NOTHING;
    }

    private static Shown of(Reference reference, KnownData data) {
        ShownPath path = new ShownPath(data.shown(reference.source()));
        reference.steps().forEach(step -> path.at = step.accept(path));
        return path.isList ? path.at.asList() : path.at;
    }

    @Override
    public Shown field(Step.Field step) {
        isList |= at.isList();
        return at.field(step.name()).orElse(Shown.NOTHING);
    }

    @Override
    public Shown selection(Step.Selection step) {
        return switch (step.selector()) {
            case ALL -> at;
            case FIRST, LAST, AT -> {
                isList = false;
                yield at.asElement();
            }
            case ENTRY, KEYS, FIRST_ENTRY_KEY -> {
                isList = false;
                yield Shown.NOTHING;
            }
        };
    }
}
