package dev.onward.call.retry;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.Issues;
import dev.onward.value.ValueIssue;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one {@code retry.on} array. Used once. */
final class RetryOnReader {

    private static final Pattern STATUS = Pattern.compile("[0-9]{3}");
    private static final Pattern STATUS_CLASS = Pattern.compile("[0-9]xx");
    private static final int FIRST_ERROR_CLASS = 4;
    private static final int LAST_ERROR_CLASS = 5;
    private static final int LAST_STATUS = 599;

    private static final String ALLOWED =
            "allowed are a status from \"400\" to \"599\", \"4xx\", \"5xx\", \"io\", \"ajo\"";

    private final JsonPointer at;
    private final Issues issues;
    private final Set<Integer> statuses = new HashSet<>();
    private boolean io;

    RetryOnReader(JsonPointer at, Issues issues) {
        this.at = at;
        this.issues = issues;
    }

    RetryOn read(JsonNode array) {
        if (!array.isArray()) {
            issues.error(at, ValueIssue.WRONG_TYPE, "'on' must be an array; " + ALLOWED);
        }
        for (int index = 0; array.isArray() && index < array.size(); index++) {
            entry(array.get(index), at.appendIndex(index));
        }
        return new RetryOn(statuses, io);
    }

    private void entry(JsonNode entry, JsonPointer place) {
        if (!entry.isTextual()) {
            issues.error(place, ValueIssue.WRONG_TYPE, "an entry of 'on' must be text, such as \"503\"; " + ALLOWED);
            return;
        }
        String text = entry.textValue();
        if (text.equals("io")) {
            io = true;
        } else if (text.equals("ajo")) {
            statuses.addAll(RetryOn.AJO.statuses());
            io = true;
        } else if (STATUS.matcher(text).matches()) {
            status(Integer.parseInt(text), place);
        } else if (STATUS_CLASS.matcher(text).matches()) {
            statusClass(text.charAt(0) - '0', place);
        } else {
            issues.error(place, ValueIssue.NOT_ALLOWED, "'" + shortened(text) + "' is no entry of 'on'; " + ALLOWED);
        }
    }

    private void status(int status, JsonPointer place) {
        if (RetryOn.NEVER.contains(status) || status / 100 == 3) {
            issues.error(place, ValueIssue.NOT_ALLOWED, status + " is never retried; " + ALLOWED);
        } else if (status < RetryOn.MIN_STATUS || status > LAST_STATUS) {
            issues.error(place, ValueIssue.OUT_OF_RANGE, status + " is no error status; " + ALLOWED);
        } else {
            statuses.add(status);
        }
    }

    private void statusClass(int hundreds, JsonPointer place) {
        if (hundreds == 3) {
            issues.error(place, ValueIssue.NOT_ALLOWED, "3xx is never retried; " + ALLOWED);
        } else if (hundreds < FIRST_ERROR_CLASS || hundreds > LAST_ERROR_CLASS) {
            issues.error(place, ValueIssue.OUT_OF_RANGE, hundreds + "xx is no class of errors; " + ALLOWED);
        } else {
            statuses.addAll(RetryOn.errorStatuses(hundreds * 100, hundreds * 100 + 99));
        }
    }

    private static String shortened(String text) {
        return text.length() <= 20 ? text : text.substring(0, 20) + "…";
    }
}
