package dev.onward.journey.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.value.InvalidException;
import dev.onward.value.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GovernanceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | '' wrong-type",
                "{'labels':[]} | /labels wrong-type",
                "{'labels':{'a':'C2'}} | /labels/a wrong-type",
                "{'labels':{'a':[7]}} | /labels/a wrong-type",
                "{'policies':{}} | /policies wrong-type",
                "{'policies':[7]} | /policies/0 wrong-type",
                "{'policies':[{}]} | /policies/0/label missing, /policies/0/marketingAction missing",
                "{'policies':[{'label':'C2','marketingAction':'sms','when':1}]} | /policies/0/when unknown-member",
                "{'labels':{},'colour':1} | /colour unknown-member"
            })
    void every_fault_is_told_with_its_place(String document, String faults) {
        assertThatThrownBy(() -> governance(document))
                .isInstanceOfSatisfying(
                        InvalidException.class,
                        invalid -> assertThat(invalid.issues())
                                .extracting(issue ->
                                        issue.pointer() + " " + issue.code().code())
                                .containsExactlyInAnyOrder(
                                        faults.replace("''", "").split(", ")));
    }

    @ParameterizedTest
    @CsvSource({
        "phone, sms, true",
        "phone, SMS, true",
        "phone.number, sms, true",
        "phones, sms, false",
        "phone, email, false",
        "phone, '', false",
        "address, sms, true",
        "address.city, sms, true",
        "address.street, sms, false"
    })
    void a_policy_covers_a_labelled_field_what_is_in_it_and_what_it_is_in(
            String path, String marketingAction, boolean isBroken) {
        Governance governance = governance("{'labels':{'phone':['C1','C2'],'address.city':['C2']},"
                + "'policies':[{'name':'quiet','label':'C2','marketingAction':'sms'}]}");
        List<String> read = Arrays.asList(path.split("\\."));
        assertThat(governance.broken(read, marketingAction).isPresent()).isEqualTo(isBroken);
    }

    @Test
    void what_only_answers_show_may_come_back_and_a_policy_without_a_name_gets_one() {
        Governance governance = governance("{'version':3,'changedAt':'x','changedBy':'y',"
                + "'labels':{'a':['C2']},'policies':[{'label':'C2','marketingAction':'sms'}]}");
        assertThat(governance.broken(List.of("a"), "sms"))
                .hasValueSatisfying(policy -> assertThat(policy.name()).isEqualTo("C2 × sms"));
    }

    @Test
    void more_labels_than_it_may_have_are_refused() {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i <= 1_000; i++) {
            labels.append(i == 0 ? "" : ",").append("'f").append(i).append("':['C1']");
        }
        assertThatThrownBy(() -> governance("{'labels':{" + labels + "}}"))
                .isInstanceOfSatisfying(
                        InvalidException.class,
                        invalid -> assertThat(invalid.issues().get(0).message()).contains("1000", "1001"));
    }

    private static Governance governance(String document) {
        return Governance.read(StrictJson.read(document.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }
}
