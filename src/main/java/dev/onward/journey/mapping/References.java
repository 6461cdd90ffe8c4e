package dev.onward.journey.mapping;

import dev.onward.expression.tree.Node;
import dev.onward.expression.tree.Node.Reference;
import dev.onward.expression.tree.Step;
import java.util.ArrayList;
import java.util.List;

/** Finds every reference of an expression, those inside conditions and default values included. Used once. */
final class References implements Node.Visitor<Integer> {

    private final List<Reference> found = new ArrayList<>();

    private References() {}

    /** The references in the order of the source. */
    static List<Reference> of(Node tree) {
        References references = new References();
        references.visit(tree);
        return references.found;
    }

    @Override
    public Integer reference(Reference node) {
        found.add(node);
        steps(node.steps());
        node.defaultValue().ifPresent(this::visit);
        node.params().forEach(param -> visit(param.value()));
        return found.size();
    }

    @Override
    public Integer loopVariable(Node.LoopVariable node) {
        steps(node.steps());
        return found.size();
    }

    @Override
    public Integer list(Node.ListLiteral node) {
        node.items().forEach(this::visit);
        return found.size();
    }

    @Override
    public Integer call(Node.Call node) {
        node.arguments().forEach(this::visit);
        return found.size();
    }

    @Override
    public Integer negation(Node.Negation node) {
        visit(node.operand());
        return found.size();
    }

    @Override
    public Integer not(Node.Not node) {
        visit(node.operand());
        return found.size();
    }

    @Override
    public Integer test(Node.Test node) {
        visit(node.operand());
        return found.size();
    }

    @Override
    public Integer chain(Node.Chain node) {
        visit(node.first());
        node.links().forEach(link -> visit(link.operand()));
        return found.size();
    }

    @Override
    public Integer conditional(Node.Conditional node) {
        visit(node.condition());
        visit(node.then());
        visit(node.otherwise());
        return found.size();
    }

    @Override
    public Integer literal(Node.Literal node) {
        return found.size();
    }

    @Override
    public Integer property(Node.Property node) {
        return found.size();
    }

    @Override
    public Integer faulty(Node.Faulty node) {
        return found.size();
    }

    private void steps(List<Step> steps) {
        steps.forEach(step -> step.accept(new Step.Visitor<Integer>() {
            @Override
            public Integer field(Step.Field field) {
                return found.size();
            }

            @Override
            public Integer selection(Step.Selection selection) {
                selection.argument().ifPresent(References.this::visit);
                return found.size();
            }
        }));
    }

    private void visit(Node node) {
        node.accept(this);
    }
}
