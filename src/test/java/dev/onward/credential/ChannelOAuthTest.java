package dev.onward.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.testsupport.Definitions;
import dev.onward.value.InvalidException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelOAuthTest {

    private static final String COMPLETE = """
            { "endpoint": "https://login.example/t", "method": "POST",
              "request": {
                "headers": { "Authorization": "Basic EncodeBase64(a:b)" },
                "queryParams": { "tenant": "a b" },
                "payload": { "type": "form", "body": { "grant_type": "client_credentials", "client_secret": "s3cret" } } },
              "policy": { "timeoutInMilliseconds": 5000,
                          "cache": { "expiryInResponse": "$.expires_in", "timeUnit": "seconds" } },
              "tokenPath": "$.data.access_token",
              "locationConfig": { "type": "header", "name": "Authorization", "prefix": "Bearer " },
              "credentialPaths": ["request.payload.body.client_secret", "request.headers.Authorization"] }""";

    @Test
    void a_complete_document_becomes_a_custom_authorization() {
        ObjectNode sent = document(COMPLETE);
        assertThat(ChannelOAuth.mapped(sent).path("authentication")).isEqualTo(Definitions.parse("""
                { "type": "customAuthorization", "endpoint": "https://login.example/t?tenant=a%20b", "method": "POST",
                  "headers": { "Authorization": "Basic EncodeBase64(a:b)" },
                  "body": { "bodyType": "form",
                            "bodyParams": { "grant_type": "client_credentials", "client_secret": "s3cret" } },
                  "cacheDuration": { "expiryInResponse": "json://expires_in", "timeUnit": "seconds" },
                  "tokenInResponse": "json://data.access_token", "authorizationType": "bearer" }"""));
        assertThat(sent).isEqualTo(document(COMPLETE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'tokenPath':'access_token' | /tokenInResponse | json://access_token",
                "'tokenPath':'json://a.b' | /tokenInResponse | json://a.b",
                "'tokenPath':'/a/b' | /tokenInResponse | json://a.b",
                "'tokenPath':'response' | /tokenInResponse | response",
                "'locationConfig':{'type':'queryParam','name':'tk'} | /tokenTarget | tk",
                "'locationConfig':{'type':'header','name':'X-Token'} | /authorizationType | header",
                "'locationConfig':{'type':'bearer'} | /authorizationType | bearer",
                "'request':{'payload':{'type':'json','user':'ada','word':'x'}} | /body/bodyParams/word | x",
                "'policy':{'cache':{'duration':'5','timeUnit':'MINUTES'}} | /cacheDuration/timeUnit | minutes"
            })
    void what_differs_in_words_alone_is_translated(String members, String at, String expected) {
        ObjectNode authentication =
                Definitions.merged(Definitions.parse("""
                        { "endpoint": "https://login.example/t", "method": "POST", "tokenPath": "response",
                          "locationConfig": { "type": "bearer" } }"""), Definitions.parse("{" + members.replace('\'', '"') + "}"));
        assertThat(ChannelOAuth.mapped(document(authentication.toString()))
                        .path("authentication")
                        .at(at)
                        .asText())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'policy':{'cache':false} | /authentication/policy/cache",
                "'policy':{'cache':{'enabled':false}} | /authentication/policy/cache/enabled",
                "'policy':{'retries':3} | /authentication/policy/retries",
                "'locationConfig':{'type':'header','name':'Authorization','prefix':'Token'}"
                        + " | /authentication/locationConfig/prefix",
                "'locationConfig':{'type':'header','name':'X-Token','prefix':'Bearer'}"
                        + " | /authentication/locationConfig/prefix",
                "'credentialPaths':['request.queryParams.secret'] | /authentication/credentialPaths",
                "'credentialPaths':['request.headers.X-Plain'] | /authentication/credentialPaths",
                "'request':{'payload':{'type':'form','a':{'b':'c'},'d':{'e':'f'}}} | /authentication/request/payload",
                "'request':{'payload':{'type':'form'}} | /authentication/request/payload",
                "'request':{'queryParams':{'a':1}} | /authentication/request/queryParams/a",
                "'refresh':true | /authentication/refresh"
            })
    void what_cannot_be_mapped_is_told_where_it_stands(String members, String pointer) {
        ObjectNode authentication = Definitions.merged(
                Definitions.parse(COMPLETE), Definitions.parse("{" + members.replace('\'', '"') + "}"));
        if (members.startsWith("'request':{'payload'")) {
            ((ObjectNode) authentication.path("request"))
                    .set(
                            "payload",
                            Definitions.parse("{" + members.replace('\'', '"') + "}")
                                    .at("/request/payload"));
        }
        assertThatThrownBy(() -> ChannelOAuth.mapped(document(authentication.toString())))
                .isInstanceOfSatisfying(InvalidException.class, refused -> {
                    assertThat(refused.issues())
                            .extracting(issue -> issue.pointer().toString())
                            .contains(pointer);
                    assertThat(refused.issues().toString()).doesNotContain("s3cret");
                });
    }

    @Test
    void every_other_document_stays_as_it_is() {
        for (String other :
                new String[] {"{\"type\":\"none\",\"tokenPath\":\"x\"}", "{\"credential\":\"acme\"}", "{}"}) {
            ObjectNode sent = document(other);
            assertThat(ChannelOAuth.mapped(sent)).isSameAs(sent);
        }
    }

    private static ObjectNode document(String authentication) {
        ObjectNode document = Definitions.parse("{\"name\":\"A\"}");
        document.set("authentication", Definitions.parse(authentication));
        return document;
    }
}
