package dev.onward.secret;

import java.util.Objects;

/** A secret value in memory. Its text is asked for by name, so that no log and no message gets it by mistake. Immutable. */
public final class SecretText {

    private final String value;

    private SecretText(String value) {
        this.value = value;
    }

    public static SecretText of(String value) {
        return new SecretText(value);
    }

    /** The secret itself: for the wire and for sealing only. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretText text && text.value.equals(value);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(value);
    }

    @Override
    public String toString() {
        return Masker.MASK;
    }
}
