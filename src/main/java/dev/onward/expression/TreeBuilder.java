package dev.onward.expression;

import dev.onward.expression.ExpressionParser.ConjunctionContext;
import dev.onward.expression.ExpressionParser.DisjunctionContext;
import dev.onward.expression.ExpressionParser.ExpressionContext;
import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.IssueList;
import dev.onward.expression.tree.Constant;
import dev.onward.expression.tree.Node;
import dev.onward.expression.tree.Operator;
import dev.onward.expression.tree.StringLiteral;
import dev.onward.expression.tree.TestKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Builds the tree from what the parser recognised, which after a fault may be any part of a rule. Used once. */
final class TreeBuilder extends ExpressionBaseVisitor<@Nullable Node> {

    private static final Map<String, Operator> OPERATORS =
            Arrays.stream(Operator.values()).collect(Collectors.toMap(Operator::symbol, Function.identity()));

    private final Positions positions;
    private final IssueList issues;
    private final ReferenceBuilder references;

    TreeBuilder(Positions positions, IssueList issues) {
        this.positions = positions;
        this.issues = issues;
        this.references = new ReferenceBuilder(positions, issues, this);
    }

    /** The node of a rule; a faulty one when the rule is missing or was not recognised. */
    Node build(@Nullable ParserRuleContext rule, ParserRuleContext parent) {
        Node node = rule == null ? null : rule.accept(this);
        return node == null ? new Node.Faulty(positions.of(rule == null ? parent : rule)) : node;
    }

    Node build(ExpressionParser.SourceContext source) {
        return build(source.expression(), source);
    }

    List<Node> buildAll(List<ExpressionContext> rules, ParserRuleContext parent) {
        return rules.stream().map(rule -> build(rule, parent)).toList();
    }

    @Override
    public Node visitConditional(ExpressionParser.ConditionalContext rule) {
        return new Node.Conditional(
                positions.of(rule), build(rule.condition, rule), build(rule.yes, rule), build(rule.no, rule));
    }

    @Override
    public Node visitPlain(ExpressionParser.PlainContext rule) {
        return build(rule.disjunction(), rule);
    }

    @Override
    public Node visitDisjunction(DisjunctionContext rule) {
        return chain(rule, rule.conjunction());
    }

    @Override
    public Node visitConjunction(ConjunctionContext rule) {
        return chain(rule, rule.negation());
    }

    @Override
    public Node visitNot(ExpressionParser.NotContext rule) {
        return new Node.Not(positions.of(rule), build(rule.negation(), rule));
    }

    @Override
    public Node visitNotNegated(ExpressionParser.NotNegatedContext rule) {
        return build(rule.comparison(), rule);
    }

    @Override
    public Node visitComparison(ExpressionParser.ComparisonContext rule) {
        return chain(rule, rule.tested());
    }

    @Override
    public Node visitTested(ExpressionParser.TestedContext rule) {
        Node node = build(rule.additive(), rule);
        for (ExpressionParser.TestContext test : rule.test()) {
            node = new Node.Test(positions.of(rule), node, kind(test));
        }
        return node;
    }

    @Override
    public Node visitAdditive(ExpressionParser.AdditiveContext rule) {
        return chain(rule, rule.multiplicative());
    }

    @Override
    public Node visitMultiplicative(ExpressionParser.MultiplicativeContext rule) {
        return chain(rule, rule.signed());
    }

    /** A sign and a number are one literal: the smallest integer has no positive one. */
    @Override
    public Node visitMinus(ExpressionParser.MinusContext rule) {
        if (rule.signed() instanceof ExpressionParser.UnsignedContext unsigned) {
            if (unsigned.primary() instanceof ExpressionParser.IntegerContext integer) {
                return integer(rule, "-" + integer.getText());
            }
            if (unsigned.primary() instanceof ExpressionParser.DecimalContext decimal) {
                return decimal(rule, "-" + decimal.getText());
            }
        }
        return new Node.Negation(positions.of(rule), build(rule.signed(), rule));
    }

    @Override
    public Node visitUnsigned(ExpressionParser.UnsignedContext rule) {
        return build(rule.primary(), rule);
    }

    @Override
    public Node visitInteger(ExpressionParser.IntegerContext rule) {
        return integer(rule, rule.getText());
    }

    @Override
    public Node visitDecimal(ExpressionParser.DecimalContext rule) {
        return decimal(rule, rule.getText());
    }

    @Override
    public Node visitText(ExpressionParser.TextContext rule) {
        return new Node.Literal(
                positions.of(rule), new Constant.Text(text(rule.STRING().getSymbol())));
    }

    @Override
    public Node visitTruth(ExpressionParser.TruthContext rule) {
        return new Node.Literal(positions.of(rule), new Constant.Truth(rule.TRUE() != null));
    }

    @Override
    public Node visitNull(ExpressionParser.NullContext rule) {
        return new Node.Literal(positions.of(rule), new Constant.Null());
    }

    @Override
    public Node visitList(ExpressionParser.ListContext rule) {
        return new Node.ListLiteral(positions.of(rule), buildAll(rule.expression(), rule));
    }

    @Override
    public Node visitBracketed(ExpressionParser.BracketedContext rule) {
        return build(rule.expression(), rule);
    }

    @Override
    public Node visitReference(ExpressionParser.ReferenceContext rule) {
        return references.reference(rule);
    }

    @Override
    public Node visitNamed(ExpressionParser.NamedContext rule) {
        return references.named(rule);
    }

    @Override
    public Node visitCall(ExpressionParser.CallContext rule) {
        boolean isWhole = rule.exception == null
                && rule.CLOSE() != null
                && rule.CLOSE().getSymbol().getTokenIndex() >= 0
                && rule.expression().stream().allMatch(argument -> argument.exception == null);
        Token name = rule.NAME().getSymbol();
        return new Node.Call(positions.of(name), name.getText(), buildAll(rule.expression(), rule), isWhole);
    }

    /** The text of a string token. */
    String text(Token token) {
        StringLiteral literal = StringLiteral.read(token.getText());
        literal.unknownEscapes()
                .forEach(at -> issues.error(
                        ExpressionIssueCode.ESCAPE_UNKNOWN,
                        positions.within(token, at, 2),
                        "`" + token.getText().substring(at, at + 2)
                                + "` is no escape; a backslash itself is written \\\\, and known are"
                                + " \\\" \\' \\/ \\n \\t \\r \\b \\f \\uXXXX"));
        return literal.text();
    }

    private Node chain(ParserRuleContext rule, List<? extends ParserRuleContext> operands) {
        List<Node.Link> links = new ArrayList<>();
        Node first = build(operands.isEmpty() ? null : operands.get(0), rule);
        int operand = 1;
        for (int child = 1; child < rule.getChildCount(); child++) {
            if (rule.getChild(child) instanceof TerminalNode symbol && OPERATORS.containsKey(symbol.getText())) {
                Node right = build(operand < operands.size() ? operands.get(operand++) : null, rule);
                links.add(new Node.Link(positions.of(symbol.getSymbol()), operator(symbol.getText()), right));
            }
        }
        return links.isEmpty() ? first : new Node.Chain(positions.of(rule), first, links);
    }

    private static Operator operator(String symbol) {
        return Objects.requireNonNull(OPERATORS.get(symbol));
    }

    private static TestKind kind(ExpressionParser.TestContext test) {
        List<ParseTree> parts = test.children == null ? List.of() : test.children;
        String words = parts.stream().map(ParseTree::getText).collect(Collectors.joining(" "));
        return Arrays.stream(TestKind.values())
                .filter(kind -> kind.words().equals(words))
                .findFirst()
                .orElse(TestKind.IS_NULL);
    }

    private Node integer(ParserRuleContext rule, String digits) {
        try {
            return new Node.Literal(positions.of(rule), new Constant.Whole(Long.parseLong(digits)));
        } catch (NumberFormatException beyond) {
            issues.error(
                    ExpressionIssueCode.INTEGER_OUT_OF_RANGE,
                    positions.of(rule),
                    "an integer is -9223372036854775808 to 9223372036854775807");
            return new Node.Faulty(positions.of(rule));
        }
    }

    private Node decimal(ParserRuleContext rule, String digits) {
        double number = Double.parseDouble(digits);
        if (Double.isFinite(number)) {
            return new Node.Literal(positions.of(rule), new Constant.Decimal(number));
        }
        issues.error(
                ExpressionIssueCode.DECIMAL_OUT_OF_RANGE,
                positions.of(rule),
                "a decimal is at most 1.7976931348623157 with 308 digits before its point");
        return new Node.Faulty(positions.of(rule));
    }
}
