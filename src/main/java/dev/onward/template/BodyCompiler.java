package dev.onward.template;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.template.NullMode.Position;
import dev.onward.value.JsonBuffer;
import java.util.Map;
import java.util.Optional;

/** Turns the tree of a template into steps. One per document, and one more per loop's body. Not thread-safe. */
final class BodyCompiler {

    private static final String EACH = LoopHead.EACH;
    private static final String VALUE = LoopHead.VALUE;
    private static final byte[] NO_LEAD = {};

    /** Where a value goes, and what is written before it: a member's name and colon, or nothing. */
    private record Slot(Position position, byte[] lead, JsonPointer at) {}

    private final NullMode nulls;
    private final Scope scope;
    private final Findings findings;
    private final Segments out;

    private BodyCompiler(NullMode nulls, Scope scope, Findings findings, Segments out) {
        this.nulls = nulls;
        this.scope = scope;
        this.findings = findings;
        this.out = out;
    }

    /** The steps of a whole document; useless when an error was noted. */
    static Node document(JsonNode template, NullMode nulls, Scope scope, Findings findings, JsonPointer at) {
        BodyCompiler compiler = new BodyCompiler(nulls, scope, findings, Segments.ofDocument());
        compiler.value(template, new Slot(Position.ROOT, NO_LEAD, at));
        return compiler.out.finish();
    }

    private void value(JsonNode value, Slot slot) {
        if (value.isTextual()) {
            text(value.textValue(), slot);
            return;
        }
        lead(slot);
        switch (value.getNodeType()) {
            case OBJECT -> object(value, slot.at());
            case ARRAY -> array(value, slot.at());
            default -> out.constant().value(value);
        }
    }

    private void text(String text, Slot slot) {
        TextPattern pattern = TextPattern.parse(text, slot.at(), findings.issues());
        findings.count(pattern);
        if (pattern.isOnePlaceholder()) {
            scope.resolve(pattern.pieces().get(0).text(), slot.at()).ifPresent(found -> hole(found, slot));
            return;
        }
        lead(slot);
        out.constant().ascii('"');
        for (TextPattern.Piece piece : pattern.pieces()) {
            if (piece.isPlaceholder()) {
                scope.resolve(piece.text(), slot.at()).ifPresent(found -> out.step(new Node.TextHole(found.path())));
            } else {
                out.constant().text(piece.text());
            }
        }
        out.constant().ascii('"');
    }

    private void hole(Scope.Binding found, Slot slot) {
        ValueForm form = nulls.formOf(found.shape());
        Optional<byte[]> standIn = nulls.standIn(slot.position(), found.shape());
        if (standIn.isPresent()) {
            lead(slot);
            out.step(new Node.Hole(found.path(), form, standIn.get()));
        } else {
            out.optional(
                    found.shape().isText()
                            ? new Node.OptionalText(slot.lead(), found.path())
                            : new Node.OptionalHole(slot.lead(), found.path(), form));
        }
    }

    private void lead(Slot slot) {
        out.separate();
        out.constant().raw(slot.lead());
    }

    private void object(JsonNode object, JsonPointer at) {
        if (object.has(EACH)) {
            findings.error(
                    at, TemplateIssue.EACH_MISPLACED, "an object with $each must be the only element of an array");
            loop(object, at);
        } else {
            members(object, at);
        }
    }

    private void members(JsonNode object, JsonPointer at) {
        out.open('{');
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = member.getKey();
            if (!name.equals(EACH)) {
                JsonPointer place = at.appendProperty(name);
                findings.requireSendable(name, place);
                value(member.getValue(), new Slot(Position.MEMBER, leadOf(name), place));
            }
        }
        out.close('}');
    }

    private static byte[] leadOf(String name) {
        JsonBuffer lead = new JsonBuffer(name.length() + 3);
        lead.string(name);
        lead.ascii(':');
        return lead.toByteArray();
    }

    private void array(JsonNode array, JsonPointer at) {
        out.open('[');
        if (array.size() == 1 && array.get(0).has(EACH)) {
            loop(array.get(0), at.appendIndex(0));
        } else {
            for (int i = 0; i < array.size(); i++) {
                value(array.get(i), new Slot(Position.ELEMENT, NO_LEAD, at.appendIndex(i)));
            }
        }
        out.close(']');
    }

    private void loop(JsonNode each, JsonPointer at) {
        LoopHead.read(each, at, scope, findings).ifPresent(head -> {
            BodyCompiler body = new BodyCompiler(nulls, head.inner(), findings, Segments.ofElement());
            body.turn(each, at);
            head.around(body.out.finish()).ifPresent(out::step);
        });
    }

    private void turn(JsonNode each, JsonPointer at) {
        if (each.has(VALUE)) {
            if (each.size() > 2) {
                String message = "beside $each and $value no other member is allowed";
                findings.error(at, TemplateIssue.EACH_MALFORMED, message);
            }
            value(each.get(VALUE), new Slot(Position.ELEMENT, NO_LEAD, at.appendProperty(VALUE)));
            return;
        }
        if (each.size() == 1) {
            findings.error(at, TemplateIssue.EACH_MALFORMED, "$each needs members to repeat, or $value");
        }
        out.separate();
        members(each, at);
    }
}
