package dev.onward.journey.definition;

import dev.onward.value.IssueCode;

/** What can be wrong with a journey, beyond wrong members and types. Each text is the smallest cause. */
public enum JourneyIssue implements IssueCode {
    /** {@code "name": "A"} in a PUT of journey B. */
    NAME_MISMATCH,
    /** 201 steps. */
    TOO_MANY_STEPS,
    /** An {@code if} in an {@code if}, ten times. */
    STEPS_TOO_DEEP,
    /** Two steps with {@code "id": "a"}. */
    STEP_ID_TAKEN,
    /** {@code {"id": "a"}}, or one with both {@code action} and {@code wait}. */
    STEP_KIND_UNCLEAR,
    /** {@code onError} of a step that stands inside an {@code onError}. */
    ON_ERROR_NESTED,
    /** {@code "onError": […]} beside {@code "continueOnError": true}. */
    ON_ERROR_TWICE,
    /** A step behind {@code {"end": true}} in the same list. */
    STEP_UNREACHABLE,
    /** {@code "arguments": {"items": {"collection": "…"}}} of a parameter that is no list. */
    COLLECTION_NOT_ALLOWED,
    /** {@code "fields": {"a": "b"}} where the parameter has no field a. */
    UNKNOWN_FIELD,
    /** {@code "action": "Nobody"} */
    UNKNOWN_ACTION,
    /** {@code "actionVersion": 9} of an action with three versions. */
    UNKNOWN_ACTION_VERSION,
    /** {@code "arguments": {"nobody": "1"}} */
    UNKNOWN_PARAMETER,
    /** No argument for a parameter that is neither optional nor has a default; or nothing for such a field of it. */
    PARAMETER_MISSING,
    /** {@code "phone": "1 + 1"} where phone is a string. */
    ARGUMENT_TYPE,
    /** {@code "if": "1 + 1"} */
    CONDITION_TYPE,
    /** {@code "path": "true"} */
    PATH_TYPE,
    /** {@code "profileId": "true"} */
    PROFILE_ID_TYPE,
    /** <code>@event{Other.id}</code> in a journey that the event Order begins. */
    UNKNOWN_EVENT,
    /** <code>@event{Order.nothing}</code> where the event's sample has no such field. */
    UNKNOWN_EVENT_FIELD,
    /** <code>@action{later.id}</code> where that step does not stand before this one. */
    STEP_NOT_BEFORE,
    /** <code>@action{notify.nothing}</code> where the action's response sample has no such field. */
    UNKNOWN_RESPONSE_FIELD,
    /** <code>#{Weather.Now.rain}</code>: only <code>#{ExperiencePlatform.….profile.…}</code> is there. */
    UNKNOWN_DATA_SOURCE,
    /** <code>@datasetLookup{a.entities}</code>: journeys have no look-ups. */
    DATASET_LOOKUP_NOT_AVAILABLE,
    /** A labelled field in an argument of an action whose marketing action a policy forbids for it. */
    POLICY_VIOLATED
}
