package dev.onward.calllog.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.database.Database;
import dev.onward.database.StoredText;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.Times;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.Query;

/** Sums the log up. Blocking, thread-safe. */
@ApplicationScoped
class Reports {

    private static final int MOST_ROWS = 10_000;
    private static final double MILLIS = 1_000.0;

    private static final String LATENCY = "greatest(elapsed_ms - coalesce(queued_ms, 0), 0)";

    private static final String SUMS = """
            count(*) AS calls,
            count(*) FILTER (WHERE attempts > 0) AS sent,
            count(*) FILTER (WHERE outcome = 'succeeded') AS succeeded,
            count(*) FILTER (WHERE outcome = 'failed' AND status BETWEEN 400 AND 499) AS client_errors,
            count(*) FILTER (WHERE outcome = 'failed' AND status >= 500) AS server_errors,
            count(*) FILTER (WHERE outcome = 'timedOut') AS timed_out,
            count(*) FILTER (WHERE outcome = 'capped') AS capped,
            count(*) FILTER (WHERE outcome = 'skippedConsent') AS skipped,
            count(*) FILTER (WHERE outcome NOT IN ('succeeded', 'timedOut', 'capped', 'skippedConsent')
                AND NOT (outcome = 'failed' AND coalesce(status, 0) >= 400)) AS others,
            sum(attempts) AS attempts,
            avg(%1$s) FILTER (WHERE attempts > 0) AS mean_ms,
            avg(%1$s) FILTER (WHERE attempts > 0 AND outcome = 'succeeded') AS mean_succeeded_ms,
            percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY %1$s) FILTER (WHERE attempts > 0)
                AS percentiles,
            avg(queued_ms) AS mean_queued_ms,
            percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY queued_ms) AS queued_percentiles
            """.formatted(LATENCY);

    private final Database database;

    Reports(Database database) {
        this.database = database;
    }

    /**
     * The rows of a report, the earliest and then the first by name first.
     *
     * @throws dev.onward.value.InvalidException when there are more than are given
     */
    ArrayNode rows(Sandbox sandbox, ReportQuery asked) {
        String names = asked.by().stream()
                .map(each -> "coalesce(" + each.column() + ", '') AS by_" + each.column() + ", ")
                .collect(Collectors.joining());
        String time = asked.per()
                .map(unit -> "date_trunc('" + unit(unit) + "', at, 'UTC') AS bucket, ")
                .orElse("");
        String groups = Stream.concat(
                        asked.per().stream().map(unit -> "bucket"),
                        asked.by().stream().map(each -> "by_" + each.column()))
                .collect(Collectors.joining(", "));
        String where = asked.equal().keySet().stream()
                .sorted()
                .map(column -> " AND " + column + " = :" + column)
                .collect(Collectors.joining());
        String sql = "SELECT " + time + names + SUMS
                + " FROM onward.call_record WHERE sandbox = :sandbox AND at >= :from AND at < :to" + where
                + (groups.isEmpty() ? "" : " GROUP BY " + groups + " ORDER BY " + groups)
                + " LIMIT " + (MOST_ROWS + 1);
        List<ObjectNode> rows = database.jdbi().withHandle(handle -> {
            Query query = handle.createQuery(sql)
                    .bind("sandbox", sandbox.name())
                    .bind("from", time(asked.from()))
                    .bind("to", time(asked.to()));
            asked.equal().forEach((column, value) -> query.bind(column, StoredText.escape(value)));
            return query.map((row, context) -> row(row, asked)).list();
        });
        if (rows.size() > MOST_ROWS) {
            throw asked.tooLong(MOST_ROWS);
        }
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        rows.forEach(items::add);
        return items;
    }

    private static ObjectNode row(ResultSet row, ReportQuery asked) throws SQLException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Duration time = Duration.between(asked.from(), asked.to());
        if (asked.per().isPresent()) {
            Instant at = row.getObject("bucket", OffsetDateTime.class).toInstant();
            json.put("at", Times.text(at));
            time = asked.per().get().getDuration();
        }
        for (ReportQuery.Dimension each : asked.by()) {
            json.put(each.wireName(), StoredText.unescape(row.getString("by_" + each.column())));
        }
        long calls = row.getLong("calls");
        json.put("calls", calls)
                .put("sent", row.getLong("sent"))
                .put("succeeded", row.getLong("succeeded"))
                .put("clientErrors", row.getLong("client_errors"))
                .put("serverErrors", row.getLong("server_errors"))
                .put("timedOut", row.getLong("timed_out"))
                .put("capped", row.getLong("capped"))
                .put("skippedConsent", row.getLong("skipped"))
                .put("otherFailures", row.getLong("others"))
                .put("attempts", row.getLong("attempts"))
                .put("callsPerSecond", rounded(calls * MILLIS / Math.max(1, time.toMillis())));
        mean(row, "mean_ms", "meanMs", json);
        mean(row, "mean_succeeded_ms", "meanSucceededMs", json);
        percentiles(row, "percentiles", "Ms", json);
        mean(row, "mean_queued_ms", "meanQueuedMs", json);
        percentiles(row, "queued_percentiles", "QueuedMs", json);
        return json;
    }

    private static void mean(ResultSet row, String column, String member, ObjectNode json) throws SQLException {
        double mean = row.getDouble(column);
        if (!row.wasNull()) {
            json.put(member, rounded(mean));
        }
    }

    private static void percentiles(ResultSet row, String column, String unit, ObjectNode json) throws SQLException {
        Array array = row.getArray(column);
        if (array != null) {
            Double[] values = (Double[]) array.getArray();
            json.put("p50" + unit, Math.round(values[0]))
                    .put("p95" + unit, Math.round(values[1]))
                    .put("p99" + unit, Math.round(values[2]));
        }
    }

    private static double rounded(double value) {
        return Math.round(value * MILLIS) / MILLIS;
    }

    private static String unit(ChronoUnit unit) {
        return switch (unit) {
            case MINUTES -> "minute";
            case HOURS -> "hour";
            default -> "day";
        };
    }

    private static OffsetDateTime time(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
