package dev.onward.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testsupport.Api;
import dev.onward.testsupport.Problems;
import dev.onward.value.StrictJson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A body whose length nobody announced is counted while it is read. */
@QuarkusTest
class ChunkedBodyHttpTest {

    private static final int MEBIBYTE = 1024 * 1024;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void one_byte_more_than_a_mebibyte_is_413() throws IOException, InterruptedException {
        HttpResponse<byte[]> refused = send(MEBIBYTE + 1);
        assertThat(refused.statusCode()).isEqualTo(413);
        Problems.assertProblem(StrictJson.read(refused.body()), 413, "body-too-large");
    }

    @Test
    void a_body_that_is_much_too_large_is_413() throws IOException, InterruptedException {
        assertThat(send(3 * MEBIBYTE).statusCode()).isEqualTo(413);
    }

    @Test
    void one_mebibyte_is_read() throws IOException, InterruptedException {
        HttpResponse<byte[]> read = send(MEBIBYTE);
        Problems.assertProblem(StrictJson.read(read.body()), 422, "validation-failed");
    }

    private HttpResponse<byte[]> send(int bytes) throws IOException, InterruptedException {
        byte[] document = new byte[bytes];
        Arrays.fill(document, (byte) ' ');
        document[0] = '{';
        document[bytes - 1] = '}';
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + "/api/v1/actions"))
                .header("Authorization", "Bearer " + Api.ADMIN_KEY)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(document)))
                .build();
        HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        Problems.assertTellsNothingOfTheInside(new String(response.body(), StandardCharsets.UTF_8));
        return response;
    }
}
