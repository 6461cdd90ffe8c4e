package dev.onward.transfer;

import dev.onward.value.IssueCode;

/** What can be wrong with a bundle, beyond wrong members and the faults of what it holds. */
public enum TransferIssue implements IssueCode {
    /** {@code "format": 2} */
    FORMAT_UNKNOWN,
    /** Two actions of one name. */
    NAME_REPEATED,
    /** {@code "password": "INSERT_SECRET_HERE"} of an action that is not there yet, without one in {@code secrets}. */
    PLACEHOLDER_LEFT,
    /** {@code "secrets": {"Mail": {"/authentication/pasword": "x"}}}: no placeholder stands there. */
    PLACEHOLDER_NOT_FOUND,
    /** A warning: {@code "actionVersion": 2} of a step, where the bundle has no version 2 of the action. */
    VERSION_NOT_INCLUDED,
    /** A version of an action with which a live journey would not work. */
    BREAKS_JOURNEYS
}
