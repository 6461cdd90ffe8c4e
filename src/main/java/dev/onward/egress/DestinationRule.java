package dev.onward.egress;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.value.Issues;

/** Whether a destination may be registered; every connection is checked again. */
public interface DestinationRule {

    /** For definitions that were registered before: what the operator forbids today is refused when it is called. */
    DestinationRule REGISTERED_BEFORE = (destination, at, issues) -> {};

    void check(Destination destination, JsonPointer at, Issues issues);
}
