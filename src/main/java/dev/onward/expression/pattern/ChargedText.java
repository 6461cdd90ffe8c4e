package dev.onward.expression.pattern;

import dev.onward.expression.evaluation.Evaluation;

/** A text whose reader pays for every character: a matcher looks at each with all instructions of its program. */
final class ChargedText implements CharSequence {

    private static final int BLOCK = 64;

    /** One step pays for so many characters times instructions: some 80 ns. */
    private static final int WORK_PER_STEP = 8;

    private final String text;
    private final long stepsPerBlock;
    private final Evaluation evaluation;
    private int reads;

    ChargedText(String text, int instructions, Evaluation evaluation) {
        this.text = text;
        this.stepsPerBlock = 1 + (long) instructions * BLOCK / WORK_PER_STEP;
        this.evaluation = evaluation;
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (++reads % BLOCK == 0) {
            evaluation.charge(stepsPerBlock);
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
