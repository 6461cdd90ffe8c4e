package dev.onward.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which numbers the versions of actions have that a bundle brings. Used for one bundle, by one thread. */
final class Numbers {

    private final Map<String, Numbered> byAction = new HashMap<>();

    /**
     * A version of an action.
     *
     * @param there its number where the bundle comes from; empty when no step is held to it
     * @param here its number in this sandbox, once it is stored
     * @param isStored whether it is
     */
    record Numbered(Optional<Integer> there, int here, boolean isStored) {

        /** One whose document has faults: nothing is stored then, and its number is of no account. */
        static Numbered notKnownHere(Optional<Integer> there) {
            return new Numbered(there, there.orElse(0), false);
        }
    }

    void put(String action, Numbered version) {
        byAction.put(action, version);
    }

    /** A journey of the bundle, its steps held to the versions of here. */
    JsonNode renumbered(JsonNode journey) {
        return ActionUse.withVersions(
                journey, use -> included(use).map(Numbered::here).or(use::version));
    }

    /** The same with what can be found now: a step is held to no version that is only about to be stored. */
    JsonNode asOfNow(JsonNode journey) {
        return ActionUse.withVersions(journey, use -> {
            Optional<Numbered> version = included(use);
            return version.isEmpty()
                    ? use.version()
                    : version.filter(Numbered::isStored).map(Numbered::here);
        });
    }

    /** The steps of a journey that are held to versions that the bundle does not have. */
    List<ActionUse> notIncluded(JsonNode journey) {
        return ActionUse.of(journey).stream()
                .filter(use -> use.version().isPresent() && included(use).isEmpty())
                .toList();
    }

    private Optional<Numbered> included(ActionUse use) {
        return Optional.ofNullable(byAction.get(use.action()))
                .filter(version ->
                        version.there().isPresent() && version.there().equals(use.version()));
    }
}
