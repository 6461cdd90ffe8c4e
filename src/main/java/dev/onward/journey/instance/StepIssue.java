package dev.onward.journey.instance;

import dev.onward.value.IssueCode;

/** Why a step came to no call, beyond the faults of its expressions: {@code errorCode} of step records. */
public enum StepIssue implements IssueCode {
    /** A number from an event where the parameter is a text. */
    ARGUMENTS_INVALID,
    /** A step of a draft in test mode whose action is not there. */
    UNKNOWN_ACTION,
    /** A step behind a wait, of a version that was published while its action was replaced by one that it does not fit. */
    VERSION_UNFIT,
    /** A step that the stored document of its version does not have any more. */
    STEP_LOST,
    /** Two answers of 600,000 characters each. */
    INSTANCE_TOO_LARGE,
    /** A fault of Onward. */
    INTERNAL
}
