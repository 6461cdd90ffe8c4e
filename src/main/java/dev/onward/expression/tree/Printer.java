package dev.onward.expression.tree;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Writes a tree as an expression, with brackets only where they are needed: reading it gives the same tree. By that the
 * tests and the fuzzer prove that a tree says all that its source does; nothing else prints.
 */
public final class Printer implements Node.Visitor<String>, Step.Visitor<String> {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    private Printer() {}

    /** The tree as one line. */
    public static String print(Node node) {
        return node.accept(new Printer());
    }

    @Override
    public String literal(Node.Literal node) {
        return node.value().source();
    }

    @Override
    public String list(Node.ListLiteral node) {
        return "[" + all(node.items()) + "]";
    }

    @Override
    public String reference(Node.Reference node) {
        StringBuilder text = new StringBuilder(node.source().prefix())
                .append('{')
                .append(name(node.steps().get(0)));
        appendSteps(text, node.steps().subList(1, node.steps().size()));
        node.defaultValue().ifPresent(value -> text.append(", defaultValue: ").append(print(value)));
        if (!node.params().isEmpty()) {
            List<String> params = node.params().stream()
                    .map(param -> param.name() + ": " + print(param.value()))
                    .toList();
            text.append(", params: {").append(String.join(", ", params)).append('}');
        }
        return text.append('}').toString();
    }

    @Override
    public String loopVariable(Node.LoopVariable node) {
        StringBuilder text = new StringBuilder(node.source().loopVariable());
        appendSteps(text, node.steps());
        return text.toString();
    }

    @Override
    public String property(Node.Property node) {
        return node.name();
    }

    @Override
    public String call(Node.Call node) {
        return node.function() + "(" + all(node.arguments()) + ")";
    }

    /** A literal is bracketed: {@code -1} would be read as one number. */
    @Override
    public String negation(Node.Negation node) {
        boolean isLiteral =
                node.operand() instanceof Node.Literal && node.operand().level() == Level.PRIMARY;
        return "-" + (isLiteral ? "(" + print(node.operand()) + ")" : bracketed(node.operand(), Level.SIGNED));
    }

    @Override
    public String not(Node.Not node) {
        return "not " + bracketed(node.operand(), Level.NOT);
    }

    @Override
    public String test(Node.Test node) {
        return bracketed(node.operand(), Level.TEST) + " " + node.kind().words();
    }

    @Override
    public String chain(Node.Chain node) {
        Level tighter = node.level().tighter();
        StringBuilder text = new StringBuilder(bracketed(node.first(), tighter));
        node.links()
                .forEach(link -> text.append(' ')
                        .append(link.operator().symbol())
                        .append(' ')
                        .append(bracketed(link.operand(), tighter)));
        return text.toString();
    }

    @Override
    public String conditional(Node.Conditional node) {
        return "if (" + print(node.condition()) + ") then (" + print(node.then()) + ") else (" + print(node.otherwise())
                + ")";
    }

    /** Such a part has no text; it is read as what it is, an error. */
    @Override
    public String faulty(Node.Faulty node) {
        return "?";
    }

    @Override
    public String field(Step.Field step) {
        return NAME.matcher(step.name()).matches() ? step.name() : StringLiteral.quote(step.name());
    }

    @Override
    public String selection(Step.Selection step) {
        return step.selector().symbol() + "("
                + step.argument().map(Printer::print).orElse("") + ")";
    }

    private String all(List<Node> nodes) {
        return String.join(", ", nodes.stream().map(Printer::print).toList());
    }

    private void appendSteps(StringBuilder text, List<Step> steps) {
        steps.forEach(step -> text.append('.').append(name(step)));
    }

    private String name(Step step) {
        return step.accept(this);
    }

    private static String bracketed(Node node, Level atLeast) {
        String text = print(node);
        return node.level().compareTo(atLeast) < 0 ? "(" + text + ")" : text;
    }
}
