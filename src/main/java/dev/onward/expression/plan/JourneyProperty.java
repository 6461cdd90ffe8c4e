package dev.onward.expression.plan;

import dev.onward.value.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The properties of a journey, which are written as bare names. Source: the model system's journey properties. */
final class JourneyProperty {

    private static final Map<String, ValueType> TYPES = types();

    private JourneyProperty() {}

    static Optional<ValueType> type(String name) {
        return Optional.ofNullable(TYPES.get(name));
    }

    static List<String> names() {
        return List.copyOf(TYPES.keySet());
    }

    private static Map<String, ValueType> types() {
        Map<String, ValueType> types = new LinkedHashMap<>();
        List.of(
                        "journeyUID",
                        "journeyVersionUID",
                        "journeyVersionName",
                        "journeyVersionDescription",
                        "journeyVersion",
                        "instanceUID",
                        "externalKey",
                        "organizationId",
                        "sandboxName",
                        "profileId",
                        "namespace",
                        "currentNodeId",
                        "currentNodeName",
                        "previousNodeId",
                        "previousNodeName",
                        "lastNodeUIDInError",
                        "lastNodeNameInError",
                        "lastNodeTypeInError",
                        "lastErrorCode",
                        "lastExecutedActionErrorCode",
                        "lastDataFetchErrorCode")
                .forEach(name -> types.put(name, ValueType.STRING));
        List.of("lastActionExecutionElapsedTime", "lastDataFetchElapsedTime")
                .forEach(name -> types.put(name, ValueType.INTEGER));
        return types;
    }
}
