package io.afterlearner.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, by keys and by OIDC. */
@QuarkusTest
@TestProfile(SecuredProfile.class)
@Timeout(120)
class SecuredServiceTest {
    private static final String ANN =
            "'iss':'ISSUER','sub':'7','preferred_username':'ann','studies':['a-*'],'aud':'afterlearner'";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TestHTTPResource("/")
    @SuppressWarnings("NullAway.Init")
    URI root;

    @ConfigProperty(name = "quarkus.oidc.auth-server-url")
    @SuppressWarnings("NullAway.Init")
    String provider;

    @ConfigProperty(name = "afterlearner.http.keys-file")
    @SuppressWarnings("NullAway.Init")
    Path keys;

    private HttpResponse<String> ask(String method, String path, String credential)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(root.resolve(path)).method(method, HttpRequest.BodyPublishers.noBody());
        if (!credential.isEmpty()) {
            request.header("Authorization", credential);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> bearing(String method, String path, String token)
            throws IOException, InterruptedException {
        return ask(method, path, "Bearer " + token);
    }

    private static void assertProblem(int status, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer.body());
        assertTrue(
                answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json"),
                answer.headers()::toString);
        assertTrue(answer.body().contains("\"status\":" + status), answer.body());
        assertEquals(
                status == 401, answer.headers().firstValue("WWW-Authenticate").isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, v1/guarded, v 200, s 403, o 200, a 200",
        "POST, v1/guarded, v 403, s 200, o 403, a 200",
        "POST, v1/guarded/a-1, v 403, s 403, o 200, a 200",
        "POST, v1/guarded/b-1, v 403, s 403, o 403, a 200",
        "DELETE, v1/guarded/a-1, v 403, s 403, o 403, a 200",
        "PUT, v1/guarded/forgotten, v 403, s 403, o 403, a 403"
    })
    void eachRoleGetsWhatItMay(String method, String path, String v, String s, String o, String a) throws Exception {
        for (String expected : new String[] {v, s, o, a}) {
            HttpResponse<String> answer = bearing(method, path, TestKeys.key(expected.substring(0, 1)));
            int status = Integer.parseInt(expected.substring(2));
            assertEquals(status, answer.statusCode(), expected + ": " + answer.body());
            if (status == 403) {
                assertProblem(403, answer);
            }
        }
        assertProblem(401, ask(method, path, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, v1/guarded, s, this request needs the role viewer",
        "POST, v1/guarded/a-1, v, this request needs the role operator",
        "DELETE, v1/guarded/a-1, o, this request needs the role admin",
        "PUT, v1/guarded/forgotten, a, nobody may send this request",
        "GET, q/anything, s, this request needs the role viewer"
    })
    void aRefusalNamesTheRoleThatIsNeeded(String method, String path, String key, String detail) throws Exception {
        HttpResponse<String> answer = bearing(method, path, TestKeys.key(key));
        assertProblem(403, answer);
        assertTrue(answer.body().contains("\"detail\":\"" + detail), answer.body());
    }

    @Test
    void whoAsksIsTheKeysIdAndNotWhatTheRequestSays() throws Exception {
        assertEquals(
                "key:olga for bob a-1",
                bearing("POST", "v1/guarded/a-1", TestKeys.key("o")).body());
        assertTrue(bearing("POST", "v1/guarded/b-1", TestKeys.key("o")).body().contains("not for study b-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer alk_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
                "Bearer alk_",
                "Bearer ",
                "Bearer nonsense",
                "Bearer a.b.c",
                "Basic dml2OnZpdg==",
                "vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv"
            })
    void whatIsNoKeyAndNoTokenIsRefused(String credential) throws Exception {
        assertProblem(401, ask("GET", "v1/guarded", credential));
    }

    @Test
    void healthIsOpenAndEverythingElseBelowQIsForViewers() throws Exception {
        assertEquals(200, ask("GET", "q/health/live", "").statusCode());
        assertProblem(401, ask("GET", "q/anything", ""));
        assertProblem(403, bearing("GET", "q/anything", TestKeys.key("s")));
        assertEquals(404, bearing("GET", "q/anything", TestKeys.key("v")).statusCode());
    }

    @Test
    void aBodyIsNotReadOfWhoMayNotSendIt() throws Exception {
        HttpRequest large = HttpRequest.newBuilder(root.resolve("v1/guarded"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(" ".repeat(900)))
                .build();
        assertProblem(401, client.send(large, HttpResponse.BodyHandlers.ofString()));
    }

    @Test
    void keysAreAddedAndRemovedWithoutARestart() throws Exception {
        String second = TestKeys.key("w");
        assertProblem(401, bearing("GET", "v1/guarded", second));
        replaceKeys(SecuredProfile.FIXED + TestKeys.line("viv", "viewer", "*", second));
        await(200, second);
        assertEquals(200, bearing("GET", "v1/guarded", TestKeys.key("v")).statusCode());
        replaceKeys(SecuredProfile.FIXED);
        await(401, second);
    }

    /** At once: a file that is half written has no keys, and those of the next test would not be known. */
    private void replaceKeys(String content) throws IOException {
        Path written = Files.writeString(keys.resolveSibling("next-keys"), content);
        Files.move(written, keys, StandardCopyOption.ATOMIC_MOVE);
    }

    private void await(int status, String key) throws Exception {
        while (bearing("GET", "v1/guarded", key).statusCode() != status) {
            Thread.sleep(10);
        }
    }

    /** A token with the claims, which has the quotes of JSON as apostrophes. */
    private String token(String signer, String claims, long validSeconds) throws Exception {
        long now = System.currentTimeMillis() / 1000;
        String json = "{" + claims + ",'iat':" + (now - 600) + ",'exp':" + (now + validSeconds) + "}";
        String query = URLEncoder.encode(signer + " " + json.replace('\'', '"'), StandardCharsets.UTF_8);
        return client.send(
                        HttpRequest.newBuilder(URI.create(provider + "/mint?" + query.replace("+", "%20")))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, v1/guarded, afterlearner-viewer, 200",
        "GET, v1/guarded, viewer, 403",
        "DELETE, v1/guarded/a-1, admin, 403",
        "DELETE, v1/guarded/a-1, afterlearner-admin, 200",
        "DELETE, v1/guarded/b-1, afterlearner-admin, 403",
        "POST, v1/guarded/a-1, ml-platform, 200",
        "POST, v1/guarded/a-1, afterlearner-viewer, 403",
        "POST, v1/guarded, afterlearner-application, 200",
        "POST, v1/guarded, ml-platform, 403"
    })
    void theRolesOfATokenAreThoseOfItsClaim(String method, String path, String group, int status) throws Exception {
        HttpResponse<String> answer = bearing(method, path, token("own", ANN + ",'groups':['x','" + group + "']", 60));
        assertEquals(status, answer.statusCode(), answer.body());
        if (status == 403) {
            assertProblem(403, answer);
        } else {
            assertTrue(answer.body().startsWith("oidc:ann"), answer.body());
        }
    }

    @Test
    void aTokenWithoutTheClaimOfStudiesIsForNone() throws Exception {
        String without = ANN.replace(",'studies':['a-*']", "") + ",'groups':['afterlearner-admin']";
        assertProblem(403, bearing("DELETE", "v1/guarded/a-1", token("own", without, 60)));
    }

    @Test
    void expiredForgedAndForeignTokensAreRefused() throws Exception {
        String claims = ANN + ",'groups':['afterlearner-admin']";
        assertEquals(200, bearing("GET", "v1/guarded", token("own", claims, 60)).statusCode());
        assertProblem(401, bearing("GET", "v1/guarded", token("own", claims, -300)));
        assertProblem(401, bearing("GET", "v1/guarded", token("other", claims, 60)));
        assertProblem(401, bearing("GET", "v1/guarded", token("none", claims, 60)));
        assertProblem(
                401,
                bearing("GET", "v1/guarded", token("own", claims.replace("'aud':'afterlearner'", "'aud':'wiki'"), 60)));
        assertProblem(401, bearing("GET", "v1/guarded", token("own", claims.replace(",'aud':'afterlearner'", ""), 60)));
        assertProblem(
                401,
                bearing("GET", "v1/guarded", token("own", claims.replace("ISSUER", "https://elsewhere.example"), 60)));
    }
}
