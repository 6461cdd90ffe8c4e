package dev.onward.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.JsonBuffer;

/** How a value that is not null is written. */
enum ValueForm {
    /** As it came. */
    AS_IT_CAME {
        @Override
        void write(JsonNode value, JsonBuffer out) {
            out.value(value);
        }
    },
    /** A list, without its null elements. */
    WITHOUT_NULLS {
        @Override
        void write(JsonNode value, JsonBuffer out) {
            out.ascii('[');
            for (int i = 0; i < value.size(); i++) {
                JsonNode element = value.get(i);
                if (!element.isNull()) {
                    out.separator();
                    out.value(element);
                }
            }
            out.ascii(']');
        }
    };

    abstract void write(JsonNode value, JsonBuffer out);
}
