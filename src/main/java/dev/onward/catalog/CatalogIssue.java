package dev.onward.catalog;

import dev.onward.value.IssueCode;

/** What can be wrong with an installation. Each text is the smallest cause. */
enum CatalogIssue implements IssueCode {
    /** {@code "settings": {}} where {@code token} is asked for. */
    SETTING_MISSING,
    /** {@code "settings": {"tokne": "x"}}. */
    SETTING_UNKNOWN
}
