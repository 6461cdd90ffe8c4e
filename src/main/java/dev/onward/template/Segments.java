package dev.onward.template;

import dev.onward.value.JsonBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Collects the steps of a block: constant parts that follow each other become one, and a comma is decided while
 * compiling wherever that is possible. Not thread-safe.
 */
final class Segments {

    private static final int EXPECTED_BYTES = 128;

    private enum Content {
        NONE,
        UNSURE,
        SOME
    }

    private final List<Node> steps = new ArrayList<>();
    private final Deque<Content> containers = new ArrayDeque<>();
    private final JsonBuffer constant = new JsonBuffer(EXPECTED_BYTES);
    private boolean separated;

    private Segments(Content content) {
        containers.push(content);
    }

    /** Steps of a whole document. */
    static Segments ofDocument() {
        return new Segments(Content.NONE);
    }

    /** Steps of an array's element that may follow others. */
    static Segments ofElement() {
        return new Segments(Content.UNSURE);
    }

    /** The constant part that is being written; it is UTF-8 JSON text. */
    JsonBuffer constant() {
        return constant;
    }

    void open(char bracket) {
        constant.ascii(bracket);
        containers.push(Content.NONE);
    }

    void close(char bracket) {
        containers.pop();
        constant.ascii(bracket);
    }

    /** Prepares for a member or an element that is always there. */
    void separate() {
        switch (containers.pop()) {
            case NONE -> {}
            case SOME -> constant.ascii(',');
            case UNSURE -> {
                flush();
                separated = true;
            }
        }
        containers.push(Content.SOME);
    }

    /** Adds a member or an element that separates itself and may be left out. */
    void optional(Node step) {
        step(step);
        if (containers.peek() == Content.NONE) {
            containers.pop();
            containers.push(Content.UNSURE);
        }
    }

    void step(Node step) {
        flush();
        steps.add(step);
    }

    Node.Block finish() {
        flush();
        return new Node.Block(steps.toArray(Node[]::new));
    }

    private void flush() {
        byte[] bytes = constant.toByteArray();
        if (separated) {
            steps.add(new Node.SeparatedConstant(bytes));
        } else if (bytes.length > 0) {
            steps.add(new Node.Constant(bytes));
        }
        separated = false;
        constant.clear();
    }
}
