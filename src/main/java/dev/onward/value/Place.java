package dev.onward.value;

import com.fasterxml.jackson.core.JsonPointer;

/** A place in a document, whose pointer is only made when a fault has to be told. Immutable. */
sealed interface Place {

    /** As RFC 6901 writes it. */
    JsonPointer pointer();

    default Place member(String name) {
        return new Member(this, name);
    }

    default Place element(int index) {
        return new Element(this, index);
    }

    /** A place whose pointer is there already. */
    record Known(JsonPointer pointer) implements Place {}

    /** A member of an object. */
    record Member(Place object, String name) implements Place {
        @Override
        public JsonPointer pointer() {
            return object.pointer().appendProperty(name);
        }
    }

    /** An element of an array. */
    record Element(Place array, int index) implements Place {
        @Override
        public JsonPointer pointer() {
            return array.pointer().appendIndex(index);
        }
    }
}
