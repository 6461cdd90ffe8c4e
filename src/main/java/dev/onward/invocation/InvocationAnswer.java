package dev.onward.invocation;

/**
 * The answer to one invocation, first or repeated.
 *
 * @param json UTF-8 text of an object
 * @param replayed whether it is the answer of an earlier request with the same key
 */
public record InvocationAnswer(byte[] json, boolean replayed) {}
