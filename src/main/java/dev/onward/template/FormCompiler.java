package dev.onward.template;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.template.NullMode.Position;
import dev.onward.value.JsonBuffer;
import dev.onward.value.TypeCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Turns a flat template into the steps of a form. One per form, and one more per loop's body. Not thread-safe.
 *
 * <p>A null that the template spells out is an empty value; a list, be it an array of the template or an argument, is
 * its name once per element.
 */
final class FormCompiler {

    private static final int EXPECTED_BYTES = 64;

    /**
     * Where a value goes.
     *
     * @param name of the member that it belongs to
     */
    private record Slot(String name, Position position, JsonPointer at) {}

    private final NullMode nulls;
    private final Scope scope;
    private final Findings findings;
    private final List<Node> steps = new ArrayList<>();

    private FormCompiler(NullMode nulls, Scope scope, Findings findings) {
        this.nulls = nulls;
        this.scope = scope;
        this.findings = findings;
    }

    /** The steps of a whole form; useless when an error was noted. */
    static Node form(JsonNode template, NullMode nulls, Scope scope, Findings findings, JsonPointer at) {
        FormCompiler compiler = new FormCompiler(nulls, scope, findings);
        if (template.isObject() && !template.has(LoopHead.EACH)) {
            compiler.members(template, at);
        } else {
            compiler.notFlat(at, "a form is an object of names and values, found " + TypeCheck.found(template));
        }
        return compiler.block();
    }

    private void members(JsonNode object, JsonPointer at) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = member.getKey();
            JsonPointer place = at.appendProperty(name);
            findings.requireSendable(name, place);
            if (isEncodable(name, place)) {
                member(member.getValue(), new Slot(name, Position.MEMBER, place));
            }
        }
    }

    private void member(JsonNode value, Slot slot) {
        if (!value.isArray()) {
            single(value, slot);
        } else if (value.size() == 1 && value.get(0).has(LoopHead.EACH)) {
            loop(value.get(0), new Slot(slot.name(), Position.ELEMENT, slot.at().appendIndex(0)));
        } else {
            for (int i = 0; i < value.size(); i++) {
                single(
                        value.get(i),
                        new Slot(slot.name(), Position.ELEMENT, slot.at().appendIndex(i)));
            }
        }
    }

    private void single(JsonNode value, Slot slot) {
        if (value.isContainerNode()) {
            notFlat(slot.at(), "a form has no objects and no lists of lists, found " + TypeCheck.found(value));
        } else if (value.isTextual()) {
            text(value.textValue(), slot);
        } else {
            steps.add(new FormNode.Opening(encoded(slot.name(), ValueText.of(value))));
        }
    }

    private void text(String text, Slot slot) {
        TextPattern pattern = TextPattern.parse(text, slot.at(), findings.issues());
        findings.count(pattern);
        if (pattern.isOnePlaceholder()) {
            scope.resolve(pattern.pieces().get(0).text(), slot.at()).ifPresent(found -> hole(found, slot));
            return;
        }
        steps.add(new FormNode.Opening(encoded(slot.name(), "")));
        for (TextPattern.Piece piece : pattern.pieces()) {
            if (piece.isPlaceholder()) {
                scope.resolve(piece.text(), slot.at())
                        .ifPresent(found -> steps.add(new FormNode.TextPart(found.path())));
            } else if (isEncodable(piece.text(), slot.at())) {
                JsonBuffer constant = new JsonBuffer(EXPECTED_BYTES);
                FormText.write(piece.text(), constant);
                steps.add(new Node.Constant(constant.toByteArray()));
            }
        }
    }

    private void hole(Scope.Binding found, Slot slot) {
        Shape shape = found.shape();
        if (!shape.fitsForm(slot.position() == Position.MEMBER)) {
            notFlat(
                    slot.at(),
                    "a value of a form must be text, a number, a boolean or a list of those, found "
                            + shape.type().wireName());
        }
        byte[] lead = encoded(slot.name(), "");
        boolean showsNull = nulls.showsNull(slot.position(), shape);
        steps.add(
                slot.position() == Position.MEMBER
                        ? new FormNode.Values(lead, found.path(), showsNull, nulls.showsNullElements())
                        : new FormNode.Value(lead, found.path(), showsNull));
    }

    private void loop(JsonNode each, Slot slot) {
        LoopHead.read(each, slot.at(), scope, findings).ifPresent(head -> {
            FormCompiler body = new FormCompiler(nulls, head.inner(), findings);
            body.turn(each, slot);
            head.around(body.block()).ifPresent(steps::add);
        });
    }

    private void turn(JsonNode each, Slot slot) {
        if (!each.has(LoopHead.VALUE)) {
            notFlat(slot.at(), "in a form, $each repeats a $value; it has no lists of objects");
        } else if (each.size() > 2) {
            String message = "beside $each and $value no other member is allowed";
            findings.error(slot.at(), TemplateIssue.EACH_MALFORMED, message);
        } else {
            JsonPointer at = slot.at().appendProperty(LoopHead.VALUE);
            single(each.get(LoopHead.VALUE), new Slot(slot.name(), Position.ELEMENT, at));
        }
    }

    private boolean isEncodable(String text, JsonPointer at) {
        boolean encodable = FormText.isEncodable(text);
        if (!encodable) {
            findings.error(at, TemplateIssue.FORM_TEXT_INVALID, "half a surrogate pair cannot be sent in a form");
        }
        return encodable;
    }

    private void notFlat(JsonPointer at, String message) {
        findings.error(at, TemplateIssue.FORM_NOT_FLAT, message);
    }

    private Node.Block block() {
        return new Node.Block(steps.toArray(Node[]::new));
    }

    private static byte[] encoded(String name, String value) {
        JsonBuffer pair = new JsonBuffer(EXPECTED_BYTES);
        FormText.write(name, pair);
        pair.ascii('=');
        FormText.write(value, pair);
        return pair.toByteArray();
    }
}
