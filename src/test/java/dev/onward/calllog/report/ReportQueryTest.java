package dev.onward.calllog.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.calllog.report.ReportQuery.Dimension;
import dev.onward.value.InvalidException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportQueryTest {

    private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");

    @Test
    void nothing_asked_is_the_last_hour_by_action() {
        ReportQuery query = ReportQuery.read(Map.of(), NOW);
        assertThat(query.by()).containsExactly(Dimension.ACTION);
        assertThat(query.per()).isEmpty();
        assertThat(query.from()).isEqualTo("2026-01-31T09:00:00Z");
        assertThat(query.to()).isEqualTo(NOW);
        assertThat(query.equal()).isEmpty();
    }

    @Test
    void what_is_asked_is_kept_in_order_and_once() {
        ReportQuery query = read("by=journey,action, journey;per=day;from=2026-01-01T00:00:00Z;action=Sms;host=");
        assertThat(query.by()).containsExactly(Dimension.JOURNEY, Dimension.ACTION);
        assertThat(query.per()).contains(ChronoUnit.DAYS);
        assertThat(query.to()).isEqualTo(NOW);
        assertThat(query.equal()).isEqualTo(Map.of("action", "Sms"));
        assertThat(read("by=none").by()).isEmpty();
    }

    @Test
    void a_row_for_each_minute_is_given_for_2000_of_them_at_most() {
        assertThat(read("per=minute;from=2026-01-30T00:40:00Z").per()).contains(ChronoUnit.MINUTES);
        assertThatThrownBy(() -> read("per=minute;from=2026-01-30T00:39:00Z")).isInstanceOf(InvalidException.class);
        assertThat(read("per=day;from=2021-01-31T00:00:00Z").per()).contains(ChronoUnit.DAYS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "colour=red | /colour unknown-member",
                "by=action,host | /by not-allowed",
                "per=week | /per not-allowed",
                "from=yesterday | /from bad-format",
                "to=+999999999-12-31T23:59:59Z | /to bad-format",
                "from=2026-01-31T10:00:00Z | /from out-of-range",
                "from=2026-01-31T11:00:00Z | /from out-of-range",
                "by=x;per=y;from=z | /by not-allowed, /per not-allowed, /from bad-format"
            })
    void what_makes_no_sense_is_told_at_once(String parameters, String faults) {
        assertThatThrownBy(() -> read(parameters))
                .isInstanceOfSatisfying(
                        InvalidException.class,
                        invalid -> assertThat(invalid.issues())
                                .extracting(issue ->
                                        issue.pointer() + " " + issue.code().code())
                                .containsExactlyInAnyOrder(faults.split(", ")));
    }

    private static ReportQuery read(String parameters) {
        return ReportQuery.read(
                Arrays.stream(parameters.split(";"))
                        .map(each -> each.split("=", 2))
                        .collect(Collectors.toMap(each -> each[0], each -> List.of(each[1]))),
                NOW);
    }
}
