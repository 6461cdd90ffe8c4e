package dev.onward.expression.plan;

import dev.onward.expression.issue.ExpressionIssue;
import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.IssueList;
import dev.onward.expression.path.Condition;
import dev.onward.expression.path.FieldStep;
import dev.onward.expression.path.Leaf;
import dev.onward.expression.path.Lookup;
import dev.onward.expression.path.Origin;
import dev.onward.expression.path.PathEvaluator;
import dev.onward.expression.path.PathStep;
import dev.onward.expression.path.Selection;
import dev.onward.expression.plan.Field.Shape;
import dev.onward.expression.tree.Node;
import dev.onward.expression.tree.Source;
import dev.onward.expression.tree.Step;
import dev.onward.value.NearName;
import dev.onward.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans one path: follows its steps through what is known of the data. Used once. */
final class PathPlanner implements Step.Visitor<PathStep> {

    private final Source source;
    private final Planner planner;
    private final IssueList issues;
    private Field field;
    private Shape shape;
    private Optional<ValueType> certain = Optional.empty();

    PathPlanner(Source source, Field start, Planner planner, IssueList issues) {
        this.source = source;
        this.planner = planner;
        this.issues = issues;
        this.field = start;
        this.shape = Shape.SINGLE;
    }

    Plan plan(Origin origin, List<Step> steps) {
        List<PathStep> walk = new ArrayList<>();
        steps.forEach(step -> walk.add(step.accept(this)));
        return Plan.of(type(), new PathEvaluator(origin, walk, leaf())).from(field);
    }

    /** The type that is declared or, failing that, what the sample shows. */
    ValueType shownType() {
        boolean isOpen = type() == ValueType.ANY && certain.isEmpty();
        if (!isOpen) {
            return type();
        }
        return shape == Shape.LIST ? ValueType.listOf(field.shownItemType()) : field.shownItemType();
    }

    @Override
    public PathStep field(Step.Field step) {
        boolean isMisspelt = certain.isEmpty() && !field.hasChild(step.name());
        if (isMisspelt) {
            NearName.of(step.name(), field.names())
                    .ifPresent(near -> issues.add(ExpressionIssue.warning(
                                    ExpressionIssueCode.UNKNOWN_FIELD,
                                    step.location(),
                                    "there may be no field `" + step.name() + "` here")
                            .suggesting(Optional.of(near))));
        }
        descend(step.name());
        return new FieldStep(step.name());
    }

    @Override
    public PathStep selection(Step.Selection step) {
        return switch (step.selector()) {
            case ALL -> Selection.all(every(step));
            case FIRST -> Selection.first(one(step));
            case LAST -> Selection.last(one(step));
            case AT -> at(step);
            case ENTRY -> entry(step);
            case KEYS -> ends(ValueType.LIST_STRING, Lookup.keys());
            case FIRST_ENTRY_KEY -> ends(ValueType.STRING, Lookup.firstEntryKey());
        };
    }

    private void descend(String name) {
        field = field.child(name);
        certain = Optional.empty();
        if (field.shape() == Shape.LIST) {
            shape = Shape.LIST;
        } else if (field.shape() == Shape.UNKNOWN && shape == Shape.SINGLE) {
            shape = Shape.UNKNOWN;
        }
    }

    private Optional<Condition> every(Step.Selection step) {
        Optional<Condition> condition = condition(step);
        shape = Shape.LIST;
        return condition;
    }

    private Optional<Condition> one(Step.Selection step) {
        Optional<Condition> condition = condition(step);
        toElement();
        return condition;
    }

    private Optional<Condition> condition(Step.Selection step) {
        return step.argument()
                .map(node -> new Condition(
                        source,
                        planner.condition(node, source, field, step.selector()).evaluator()));
    }

    private PathStep at(Step.Selection step) {
        Node node = step.argument().orElseThrow();
        Plan index = planner.argument(node, ValueType.INTEGER, step.selector());
        toElement();
        return Lookup.at(index.evaluator());
    }

    /** From a list to one of its elements. */
    private void toElement() {
        certain = certain.flatMap(ValueType::element);
        shape = Shape.SINGLE;
    }

    private PathStep entry(Step.Selection step) {
        Node node = step.argument().orElseThrow();
        Plan key = planner.argument(node, ValueType.STRING, step.selector());
        descend(key.constant().map(value -> value.text()).orElse(""));
        return Lookup.entry(key.evaluator());
    }

    private PathStep ends(ValueType type, PathStep step) {
        field = Field.UNKNOWN;
        certain = Optional.of(type);
        return step;
    }

    private ValueType type() {
        ValueType item = field.itemType();
        if (certain.isPresent() || item == ValueType.ANY) {
            return certain.orElse(ValueType.ANY);
        }
        return switch (shape) {
            case SINGLE -> item;
            case LIST -> ValueType.listOf(item);
            case UNKNOWN -> ValueType.ANY;
        };
    }

    private Leaf leaf() {
        ValueType type = type();
        if (type != ValueType.ANY) {
            return Leaf.declared(type);
        }
        return field.itemType() == ValueType.ANY ? Leaf.UNDECLARED : Leaf.declaredItem(field.itemType());
    }
}
