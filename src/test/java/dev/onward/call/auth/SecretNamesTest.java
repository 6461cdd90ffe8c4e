package dev.onward.call.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretNamesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'error':'invalid_grant','refresh_token':'abc'} | {'error':'invalid_grant','refresh_token':'***'}",
                "{'a':[{'Client_Secret':12345,'n':7}]} | {'a':[{'Client_Secret':'***','n':7}]}",
                "{'password':{'is':['abc',true]}} | {'password':{'is':['***',true]}}",
                "{'token_type':'Bearer','token_expires_in':60} | {'token_type':'Bearer','token_expires_in':60}",
                "{'error_description':'client_secret=abc is wrong'} | {'error_description':'client_secret=*** is wrong'}",
                "{'sent':'{\\'id_token\\':\\'abc\\'}'} | {'sent':'{\\'id_token\\':\\'***\\'}'}",
                "{'hint':'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln was sent'} | {'hint':'*** was sent'}",
                "error=invalid_client&client_secret=abc&scope=x | error=invalid_client&client_secret=***&scope=x",
                "assertion=a%20b+c | assertion=***",
                "password=a,b;c | password=***",
                "<error><access_token>abc</access_token><code>7</code></error>"
                        + " | <error><access_token>***</access_token><code>7</code></error>",
                "<p id_token='abc'>no</p> | <p id_token='***'>no</p>",
                "grant_type=client_credentials | grant_type=client_credentials",
                "{'access_token':'abc','refresh | ***",
                "invalid_client | invalid_client"
            })
    void what_is_named_like_a_secret_is_masked(String text, String expected) {
        assertThat(SecretNames.masked(text.replace('\'', '"'))).isEqualTo(expected.replace('\'', '"'));
    }
}
