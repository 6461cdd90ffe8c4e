package dev.onward.journey.consent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.testsupport.Definitions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsentTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'channel':'sms'} | sms",
                "{'requiredMarketingAction':'sms'} | sms",
                "{'requiredMarketingAction':'Email Targeting'} | Email Targeting",
                "{'channel':'email','requiredMarketingAction':'sms'} | sms",
                "{'channel':'sms','requiredMarketingAction':'none'} | none",
                "{'channel':'sms','requiredMarketingAction':' '} | sms",
                "{'channel':'sms','requiredMarketingAction':null} | sms",
                "{'channel':null} | ``",
                "{} | ``"
            })
    void an_action_carries_the_marketing_action_that_it_requires_else_its_channel(String action, String carried) {
        assertThat(MarketingAction.of(json(action))).isEqualTo(carried);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'channel':'sms'} | {'sms':{'val':'n'}} | true",
                "{'channel':'sms'} | {'sms':{'val':'y'}} | false",
                "{'channel':'sms'} | {'email':{'val':'n'}} | false",
                "{'channel':'email'} | {'email':{'val':'n'}} | true",
                "{'channel':'push'} | {'push':{'val':'n'}} | true",
                "{'channel':'sms'} | {'any':{'val':'n'}} | true",
                "{'channel':'sms'} | {'any':{'val':'n'},'sms':{'val':'y'}} | true",
                "{'channel':'sms'} | {'any':{'val':'y'},'sms':{'val':'n'}} | true",
                "{'channel':'sms'} | {'any':{'val':'y'}} | false",
                "{'channel':'sms'} | {'sms':{}} | false",
                "{'channel':'sms'} | {'sms':'n'} | false",
                "{'channel':'sms'} | {} | false",
                "{'requiredMarketingAction':'sms'} | {'sms':{'val':'n'}} | true",
                "{'requiredMarketingAction':'SMS'} | {'sms':{'val':'n'}} | true",
                "{'requiredMarketingAction':'sms'} | {'sms':{'val':'y'}} | false",
                "{'requiredMarketingAction':'sms'} | {'any':{'val':'n'}} | true",
                "{'requiredMarketingAction':'call'} | {'call':{'val':'n'}} | true",
                "{'requiredMarketingAction':'whatsApp'} | {'whatsApp':{'val':'n'}} | true",
                "{'requiredMarketingAction':'sms'} | {} | false",
                "{'channel':'email','requiredMarketingAction':'sms'} | {'sms':{'val':'n'}} | true",
                "{'channel':'email','requiredMarketingAction':'sms'} | {'email':{'val':'n'}} | true",
                "{'channel':'email','requiredMarketingAction':'sms'} | {'push':{'val':'n'}} | false",
                "{'channel':'email','requiredMarketingAction':'sms'} | {'any':{'val':'n'}} | true",
                "{'channel':'other','requiredMarketingAction':'sms'} | {'sms':{'val':'n'}} | true",
                "{'channel':'push','requiredMarketingAction':'Email Targeting'} | {'push':{'val':'n'}} | true",
                "{'channel':'push','requiredMarketingAction':'Email Targeting'} | {'email':{'val':'n'}} | false",
                "{'channel':'sms','requiredMarketingAction':'none'} | {'sms':{'val':'n'},'any':{'val':'n'}} | false",
                "{'channel':'sms','requiredMarketingAction':'None'} | {'sms':{'val':'n'}} | false",
                "{'channel':'sms','requiredMarketingAction':''} | {'sms':{'val':'n'}} | true",
                "{'channel':'other'} | {'other':{'val':'n'},'any':{'val':'n'}} | false",
                "{} | {'sms':{'val':'n'},'any':{'val':'n'}} | false"
            })
    void the_consent_for_the_marketing_action_and_for_any_excludes(String action, String consents, boolean isRefused) {
        ObjectNode profile = json("{'consents':{'marketing':" + consents + "}}");
        assertThat(Consent.isRefused(profile, json(action))).isEqualTo(isRefused);
    }

    @Test
    void a_profile_without_consents_is_called() {
        ObjectNode action = json("{'channel':'sms'}");
        assertThat(Consent.isRefused(json("{}"), action)).isFalse();
        assertThat(Consent.isRefused(json("{'consents':null}"), action)).isFalse();
        assertThat(Consent.isRefused(json("{'marketing':{'sms':{'val':'n'}}}"), action))
                .isFalse();
    }

    private static ObjectNode json(String text) {
        return Definitions.parse(text.replace('\'', '"'));
    }
}
