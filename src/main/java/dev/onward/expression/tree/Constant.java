package dev.onward.expression.tree;

import java.math.BigDecimal;

/** The value of a literal. */
public sealed interface Constant {

    /** As it is written in an expression. */
    String source();

    /** Calls the method of the visitor that fits. */
    <R> R accept(Visitor<R> visitor);

    /**
     * One method per kind of constant.
     *
     * @param <R> what every method answers
     */
    interface Visitor<R> {
        R text(String text);

        R whole(long number);

        R decimal(double number);

        R truth(boolean truth);

        R none();
    }

    /** Whether it is written with a sign. */
    default boolean isNegative() {
        return false;
    }

    /** {@code "text"} */
    record Text(String text) implements Constant {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.text(text);
        }

        @Override
        public String source() {
            return StringLiteral.quote(text);
        }
    }

    /** {@code 42} */
    record Whole(long number) implements Constant {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.whole(number);
        }

        @Override
        public String source() {
            return Long.toString(number);
        }

        @Override
        public boolean isNegative() {
            return number < 0;
        }
    }

    /**
     * {@code 3.14}
     *
     * @param number finite
     */
    record Decimal(double number) implements Constant {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.decimal(number);
        }

        @Override
        public String source() {
            String plain = new BigDecimal(Double.toString(number)).toPlainString();
            String whole = plain.indexOf('.') < 0 ? plain + ".0" : plain;
            return number == 0 && 1 / number < 0 ? "-" + whole : whole;
        }

        @Override
        public boolean isNegative() {
            return number < 0;
        }
    }

    /** {@code true} */
    record Truth(boolean truth) implements Constant {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.truth(truth);
        }

        @Override
        public String source() {
            return Boolean.toString(truth);
        }
    }

    /** {@code null} */
    record Null() implements Constant {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.none();
        }

        @Override
        public String source() {
            return "null";
        }
    }
}
