package dev.onward.value;

import java.util.Locale;

/** A stable, kebab-case name of one kind of mistake. Implemented by one enum per feature. */
public interface IssueCode {

    /** The constant's own name, as an enum gives it. */
    String name();

    /** The name that clients see: {@code UNKNOWN_MEMBER} is {@code unknown-member}. */
    default String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
