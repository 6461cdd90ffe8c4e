package dev.onward.egress;

/**
 * One header field, as it goes out or came in.
 *
 * @param name as written
 * @param value without leading and trailing white space
 */
public record Header(String name, String value) {}
