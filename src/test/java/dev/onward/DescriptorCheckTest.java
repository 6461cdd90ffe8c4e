package dev.onward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DescriptorCheckTest {

    @Test
    void a_process_that_may_run_out_of_descriptors_is_told_what_it_may_need() {
        DescriptorCheck check = new DescriptorCheck(OptionalInt::empty, 10_000);
        assertThat(check.shortage(23_000)).isEmpty();
        assertThat(check.shortage(22_999))
                .hasValueSatisfying(told -> assertThat(told)
                        .contains("may have 22999 file descriptors and may need 23000")
                        .contains("12000 for onward.call.max-in-flight"));
        assertThat(new DescriptorCheck(() -> OptionalInt.of(100), 50).shortage(1_150))
                .isEmpty();
    }
}
