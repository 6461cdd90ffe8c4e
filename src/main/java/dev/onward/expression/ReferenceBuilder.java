package dev.onward.expression;

import dev.onward.expression.ExpressionParser.NameContext;
import dev.onward.expression.issue.ExpressionIssue;
import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.IssueList;
import dev.onward.expression.issue.Location;
import dev.onward.expression.tree.Node;
import dev.onward.expression.tree.Selector;
import dev.onward.expression.tree.Source;
import dev.onward.expression.tree.Step;
import dev.onward.value.NearName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Builds the nodes that lead to data: references, loop variables and bare names. Used once. */
final class ReferenceBuilder {

    private static final String DEFAULT_VALUE = "defaultValue";
    private static final String PARAMS = "params";

    private final Positions positions;
    private final IssueList issues;
    private final TreeBuilder nodes;

    ReferenceBuilder(Positions positions, IssueList issues, TreeBuilder nodes) {
        this.positions = positions;
        this.issues = issues;
        this.nodes = nodes;
    }

    Node reference(ExpressionParser.ReferenceContext rule) {
        Options options = new Options();
        rule.option().forEach(options::read);
        List<Step> steps = steps(rule.path());
        if (rule.path() == null || rule.prefix() == null || steps.isEmpty()) {
            issues.error(
                    ExpressionIssueCode.REFERENCE_EMPTY,
                    positions.of(rule),
                    "a reference names a path: @event{Event.field}, #{DataSource.FieldGroup.field}");
            return new Node.Faulty(positions.of(rule));
        }
        return new Node.Reference(
                positions.of(rule), source(rule.prefix().getText()), steps, options.defaultValue, options.params);
    }

    /** A name that no call follows: a loop variable, or a property of the journey. */
    Node named(ExpressionParser.NamedContext rule) {
        Token name = rule.NAME().getSymbol();
        Optional<Source> loop = Source.ofLoopVariable(name.getText());
        if (loop.isPresent()) {
            return new Node.LoopVariable(positions.of(rule), loop.get(), steps(rule.path()));
        }
        if (rule.path() == null) {
            return new Node.Property(positions.of(name), name.getText());
        }
        issues.add(ExpressionIssue.error(
                        ExpressionIssueCode.UNKNOWN_NAME,
                        positions.of(name),
                        "`" + name.getText() + "` has no fields; a field is written as @event{Event.field} or"
                                + " #{DataSource.FieldGroup.field}")
                .suggesting(NearName.of(name.getText(), Source.loopVariables())));
        return new Node.Faulty(positions.of(rule));
    }

    private static Source source(String prefix) {
        return switch (prefix.toLowerCase(Locale.ROOT)) {
            case "#" -> Source.DATA_SOURCE;
            case "@action" -> Source.ACTION;
            case "@datasetlookup" -> Source.DATASET_LOOKUP;
            default -> Source.EVENT;
        };
    }

    private List<Step> steps(ExpressionParser.@Nullable PathContext path) {
        if (path == null) {
            return List.of();
        }
        return path.step().stream().map(this::step).flatMap(Optional::stream).toList();
    }

    private Optional<Step> step(ExpressionParser.StepContext rule) {
        if (rule instanceof ExpressionParser.QuotedStepContext quoted) {
            Token literal = quoted.STRING().getSymbol();
            return Optional.of(new Step.Field(positions.of(literal), nodes.text(literal)));
        }
        if (rule instanceof ExpressionParser.NamedStepContext named && named.name() != null) {
            return named.OPEN() == null
                    ? Optional.of(
                            new Step.Field(positions.of(named), named.name().getText()))
                    : selection(named, named.name());
        }
        return Optional.empty();
    }

    private Optional<Step> selection(ExpressionParser.NamedStepContext rule, NameContext name) {
        List<Node> arguments = nodes.buildAll(rule.expression(), rule);
        Optional<Selector> selector = Selector.of(name.getText());
        if (selector.isEmpty()) {
            issues.add(ExpressionIssue.error(
                            ExpressionIssueCode.UNKNOWN_COLLECTION_FUNCTION,
                            positions.of(name),
                            "`" + name.getText() + "` is no function of a path; there are "
                                    + String.join(", ", Selector.symbols()))
                    .suggesting(NearName.of(name.getText(), Selector.symbols())));
            return Optional.empty();
        }
        Selector.Argument argument = selector.get().argument();
        if (!argument.allows(arguments.size())) {
            issues.error(
                    ExpressionIssueCode.WRONG_ARITY,
                    positions.of(name),
                    "`" + name.getText() + "` takes " + argument.meaning() + ", not " + arguments.size()
                            + " arguments");
            return Optional.empty();
        }
        return Optional.of(new Step.Selection(
                positions.of(rule), selector.get(), arguments.stream().findFirst()));
    }

    /** The options of one reference. */
    private final class Options {
        private Optional<Node> defaultValue = Optional.empty();
        private final List<Node.Param> params = new ArrayList<>();
        private boolean hasParams;

        private void read(ExpressionParser.OptionContext rule) {
            if (rule instanceof ExpressionParser.DefaultContext option && isNamed(option.name(), DEFAULT_VALUE, rule)) {
                once(defaultValue.isPresent(), option.name());
                defaultValue = Optional.of(nodes.build(option.expression(), rule));
            } else if (rule instanceof ExpressionParser.ParamsContext option && isNamed(option.name(), PARAMS, rule)) {
                once(hasParams, option.name());
                hasParams = true;
                option.param().stream()
                        .filter(param -> param.name() != null)
                        .map(param -> new Node.Param(param.name().getText(), nodes.build(param.expression(), param)))
                        .forEach(params::add);
            }
        }

        private boolean isNamed(@Nullable NameContext name, String expected, ParserRuleContext rule) {
            if (name != null && name.getText().equals(expected)) {
                return true;
            }
            Location location = positions.of(name == null ? rule : name);
            String found = name == null ? "" : name.getText();
            issues.add(ExpressionIssue.error(
                            ExpressionIssueCode.UNKNOWN_OPTION,
                            location,
                            "`" + found + "` is no option of this form; a reference takes `defaultValue: expression`"
                                    + " and `params: {name: expression}`")
                    .suggesting(NearName.of(found, List.of(DEFAULT_VALUE, PARAMS))));
            return false;
        }

        private void once(boolean isThere, NameContext name) {
            if (isThere) {
                issues.error(
                        ExpressionIssueCode.OPTION_REPEATED,
                        positions.of(name),
                        "`" + name.getText() + "` is given twice; once is allowed");
            }
        }
    }
}
