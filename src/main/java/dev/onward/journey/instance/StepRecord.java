package dev.onward.journey.instance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * What is kept of one step of an instance. Its number names it: written twice it is the same.
 *
 * @param number within the instance, from 0
 * @param status {@code ended}, {@code transitions}, {@code error}, {@code timedout}, {@code capped} …
 * @param fields the others, by the names of the model system's step events
 */
public record StepRecord(int number, Instant at, String stepId, String status, ObjectNode fields) {}
