package dev.onward.expression.plan;

import dev.onward.expression.evaluation.Evaluator;
import dev.onward.expression.issue.ExpressionIssue;
import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.IssueList;
import dev.onward.expression.path.FieldStep;
import dev.onward.expression.path.Leaf;
import dev.onward.expression.path.Origin;
import dev.onward.expression.path.PathEvaluator;
import dev.onward.expression.tree.Node;
import dev.onward.expression.tree.Selector;
import dev.onward.expression.tree.Source;
import dev.onward.expression.value.Value;
import dev.onward.value.NearName;
import dev.onward.value.ValueType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Plans a tree, and tells all its faults at once. Used for one tree, by one thread. */
public final class Planner implements Node.Visitor<Plan> {

    private static final List<String> KEYWORDS = List.of("true", "false", "null", "not", "and", "or", "if");

    private final Schema schema;
    private final IssueList issues;
    private final Folding folding;
    private final OperatorPlanner operators;
    private final CallPlanner calls;
    private final Map<Source, Field> elements = new EnumMap<>(Source.class);

    private Planner(Schema schema, IssueList issues) {
        this.schema = schema;
        this.issues = issues;
        this.folding = new Folding(issues);
        this.operators = new OperatorPlanner(this, folding, issues);
        this.calls = new CallPlanner(this, folding, issues);
    }

    /**
     * Plans a tree.
     *
     * @param schema what is known of the data
     * @param issues to which all faults are added; with an error among them the plan must not be evaluated
     */
    public static Plan plan(Node tree, Schema schema, IssueList issues) {
        return tree.accept(new Planner(schema, issues));
    }

    Plan plan(Node node) {
        return node.accept(this);
    }

    /** A condition over the elements of a collection, inside of which the source's loop variable stands for one. */
    Plan condition(Node node, Source source, Field element, Selector selector) {
        Optional<Field> outer = Optional.ofNullable(elements.put(source, element));
        Plan condition = argument(node, ValueType.BOOLEAN, selector);
        outer.ifPresentOrElse(field -> elements.put(source, field), () -> elements.remove(source));
        return condition;
    }

    /** The argument of a function of a path, whose every value is of the type or null. */
    Plan argument(Node node, ValueType required, Selector selector) {
        Plan argument = plan(node);
        if (!Types.fits(argument.type(), required)) {
            issues.error(
                    ExpressionIssueCode.WRONG_TYPE,
                    node.location(),
                    "the argument of `" + selector.symbol() + "` is "
                            + argument.type().wireName() + "; allowed is " + required.wireName());
            return Plan.faulty(required);
        }
        return Types.require(argument, required, "the argument of `" + selector.symbol() + "`", node.location());
    }

    @Override
    public Plan literal(Node.Literal node) {
        Value value = Literals.value(node.value());
        return Plan.constant(value, value.type());
    }

    @Override
    public Plan list(Node.ListLiteral node) {
        return Literals.list(node, node.items().stream().map(this::plan).toList(), folding, issues);
    }

    @Override
    public Plan reference(Node.Reference node) {
        Field root = schema.root(node.source());
        PathPlanner steps = new PathPlanner(node.source(), root, this, issues);
        Plan path = steps.plan(Origin.data(node.source()), node.steps());
        if (!node.params().isEmpty()) {
            node.params().forEach(param -> plan(param.value()));
            issues.warning(
                    ExpressionIssueCode.PARAMS_UNUSED,
                    node.location(),
                    "the data comes with the event, so that no data source is asked and `params` changes nothing");
        }
        Plan located = Plan.of(path.type(), new Located(path.evaluator(), node.location()))
                .from(path.field());
        return node.defaultValue()
                .map(value -> withDefault(located, steps.shownType(), value))
                .orElse(located);
    }

    @Override
    public Plan loopVariable(Node.LoopVariable node) {
        Field element = elements.get(node.source());
        if (element == null) {
            issues.error(
                    ExpressionIssueCode.LOOP_VARIABLE_MISPLACED,
                    node.location(),
                    "`" + node.source().loopVariable()
                            + "` stands for an element inside of the condition of all, first or"
                            + " last over a collection of " + node.source().prefix() + "{…}, and nowhere else");
            return Plan.faulty(ValueType.ANY);
        }
        Plan path =
                new PathPlanner(node.source(), element, this, issues).plan(Origin.element(node.source()), node.steps());
        return Plan.of(path.type(), new Located(path.evaluator(), node.location()))
                .from(path.field());
    }

    @Override
    public Plan property(Node.Property node) {
        Optional<ValueType> type = JourneyProperty.type(node.name());
        if (type.isPresent()) {
            return Plan.of(
                    type.get(),
                    new Located(
                            new PathEvaluator(
                                    Origin.properties(),
                                    List.of(new FieldStep(node.name())),
                                    Leaf.declared(type.get())),
                            node.location()));
        }
        List<String> known = new ArrayList<>(JourneyProperty.names());
        known.addAll(Source.loopVariables());
        issues.add(ExpressionIssue.error(
                        ExpressionIssueCode.UNKNOWN_NAME,
                        node.location(),
                        "`" + node.name() + "` is no property of a journey; text is written in quotes, a field as"
                                + " @event{Event.field}")
                .suggesting(keyword(node.name()).or(() -> NearName.of(node.name(), known))));
        return Plan.faulty(ValueType.ANY);
    }

    @Override
    public Plan call(Node.Call node) {
        return calls.plan(node);
    }

    @Override
    public Plan negation(Node.Negation node) {
        return operators.negation(node);
    }

    @Override
    public Plan not(Node.Not node) {
        return operators.not(node);
    }

    @Override
    public Plan test(Node.Test node) {
        return operators.test(node);
    }

    @Override
    public Plan chain(Node.Chain node) {
        return operators.chain(node);
    }

    @Override
    public Plan conditional(Node.Conditional node) {
        Plan condition = operators.truth(node.condition(), "if");
        Plan then = plan(node.then());
        Plan otherwise = plan(node.otherwise());
        Optional<ValueType> common = Types.common(then, otherwise);
        if (common.isEmpty()) {
            issues.error(
                    ExpressionIssueCode.BRANCHES_DIFFER,
                    node.otherwise().location(),
                    "one branch is " + then.type().wireName() + ", the other "
                            + otherwise.type().wireName() + "; both must be of one type, or integer and decimal");
            return Plan.faulty(ValueType.ANY);
        }
        Plan yes = Types.require(then, common.get(), "the branch", node.then().location());
        Plan no = Types.require(
                otherwise, common.get(), "the branch", node.otherwise().location());
        if (condition.constant().isPresent()) {
            return condition.constant().get().isTrue() ? yes : no;
        }
        return Plan.of(common.get(), choose(condition.evaluator(), yes.evaluator(), no.evaluator()));
    }

    @Override
    public Plan faulty(Node.Faulty node) {
        return Plan.faulty(ValueType.ANY);
    }

    /** What somebody meant who wrote a keyword in upper case. */
    static Optional<String> keyword(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return KEYWORDS.contains(lower) ? Optional.of(lower) : Optional.empty();
    }

    private static Evaluator choose(Evaluator condition, Evaluator yes, Evaluator no) {
        return evaluation -> {
            evaluation.charge(1);
            return (condition.evaluate(evaluation).isTrue() ? yes : no).evaluate(evaluation);
        };
    }

    private Plan withDefault(Plan path, ValueType shown, Node node) {
        Plan given = plan(node);
        if (!Types.fits(given.type(), shown)) {
            issues.error(
                    ExpressionIssueCode.DEFAULT_DIFFERS,
                    node.location(),
                    "the default is " + given.type().wireName() + ", the field is " + shown.wireName()
                            + "; both must be of one type");
            return Plan.faulty(path.type());
        }
        Evaluator field = path.evaluator();
        Evaluator fallback = Types.require(given, path.type(), "the default", node.location())
                .evaluator();
        return Plan.of(path.type(), evaluation -> {
                    Value value = field.evaluate(evaluation);
                    return value.isNull() ? fallback.evaluate(evaluation) : value;
                })
                .from(path.field());
    }
}
