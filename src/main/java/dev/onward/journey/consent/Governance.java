package dev.onward.journey.consent;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.Issues;
import dev.onward.value.MemberReader;
import dev.onward.value.ValueIssue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which fields of a profile bear which labels, and which labels may not be used for which marketing action. Immutable.
 *
 * @param labels by path into the profile, names joined by dots
 * @param policies what is forbidden
 */
public record Governance(Map<String, List<String>> labels, List<Policy> policies) {

    /** Nothing is labelled and nothing forbidden. */
    public static final Governance NONE = new Governance(Map.of(), List.of());

    private static final int MAX_LABELS = 1_000;
    private static final Set<String> ONLY_SHOWN = Set.of("version", "changedAt", "changedBy");

    public Governance {
        labels = Map.copyOf(labels);
        policies = List.copyOf(policies);
    }

    /** Fields with the label may not be used for the marketing action. */
    public record Policy(String name, String label, String marketingAction) {}

    /** A policy that reading a field for a marketing action breaks, if one does. */
    public Optional<Policy> broken(List<String> path, String marketingAction) {
        return policies.stream()
                .filter(policy -> policy.marketingAction().equalsIgnoreCase(marketingAction))
                .filter(policy -> bears(path, policy.label()))
                .findFirst();
    }

    /** Whether the field, one above it or one inside it bears a label. The empty path is the whole profile. */
    private boolean bears(List<String> path, String label) {
        String read = path.isEmpty() ? "" : String.join(".", path) + ".";
        return labels.entrySet().stream()
                .filter(labelled -> labelled.getValue().contains(label))
                .map(labelled -> labelled.getKey() + ".")
                .anyMatch(labelled -> read.startsWith(labelled) || labelled.startsWith(read));
    }

    /**
     * Reads the document.
     *
     * @throws dev.onward.value.InvalidException with every fault
     */
    public static Governance read(JsonNode document) {
        Issues issues = new Issues();
        Optional<Governance> governance =
                MemberReader.of(document, JsonPointer.empty(), issues).map(Governance::read);
        issues.throwIfErrors();
        return governance.orElseThrow();
    }

    private static Governance read(MemberReader reader) {
        Map<String, List<String>> labels = new LinkedHashMap<>();
        reader.object("labels").ifPresent(paths -> {
            for (String path : paths.names()) {
                labels.put(path, texts(paths, path));
            }
        });
        if (labels.size() > MAX_LABELS) {
            String message = "at most " + MAX_LABELS + " fields bear labels, found " + labels.size();
            reader.issues().error(reader.at("labels"), ValueIssue.OUT_OF_RANGE, message);
        }
        List<Policy> policies = new ArrayList<>();
        reader.array("policies").ifPresent(array -> {
            for (int i = 0; i < array.size(); i++) {
                MemberReader.of(array.get(i), reader.at("policies").appendIndex(i), reader.issues())
                        .flatMap(Governance::policy)
                        .ifPresent(policies::add);
            }
        });
        reader.ignore(ONLY_SHOWN);
        reader.finish();
        return new Governance(labels, policies);
    }

    private static Optional<Policy> policy(MemberReader reader) {
        Optional<String> label = reader.require("label", reader.string("label"));
        Optional<String> action = reader.require("marketingAction", reader.string("marketingAction"));
        Optional<String> name = reader.string("name");
        reader.finish();
        return label.isPresent() && action.isPresent()
                ? Optional.of(new Policy(name.orElse(label.get() + " × " + action.get()), label.get(), action.get()))
                : Optional.empty();
    }

    private static List<String> texts(MemberReader reader, String member) {
        List<String> texts = new ArrayList<>();
        reader.array(member)
                .ifPresent(array -> array.forEach(each -> {
                    if (each.isTextual()) {
                        texts.add(each.textValue());
                    } else {
                        reader.issues().error(reader.at(member), ValueIssue.WRONG_TYPE, "a label is text");
                    }
                }));
        return texts;
    }
}
