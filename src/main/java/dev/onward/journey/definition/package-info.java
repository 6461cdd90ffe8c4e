/** The documents of journeys: records, reading, versions in the database. It compiles no expression and runs nothing. */
@NullMarked
package dev.onward.journey.definition;

import org.jspecify.annotations.NullMarked;
