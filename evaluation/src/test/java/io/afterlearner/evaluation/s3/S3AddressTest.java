package io.afterlearner.evaluation.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of objects, and settings. */
class S3AddressTest {
    @Test
    void aKeyIsPercentEncodedInItsAddress() {
        assertEquals(
                new S3Location("my_models.v2", "depth/a model+1.onnx", null),
                S3Location.of(URI.create("s3://my_models.v2/depth/a%20model+1.onnx")));
        assertEquals(
                new S3Location("models", "m.onnx", "3HL4kqtJlcpXroDTDmJ"),
                S3Location.of(URI.create("s3://models/m.onnx?versionId=3HL4kqtJlcpXroDTDmJ")));
        assertEquals("s3://b1/p/x", new S3Location("b1", "p/", null).child("x").toString());
        assertEquals("s3://b1/x", new S3Location("b1", "", null).child("x").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3:///key",
                "s3:key",
                "s3://AKIAEXAMPLE:secret@models/key",
                "s3://models:9000/key",
                "s3://models/key?X-Amz-Signature=secret",
                "s3://models/key#part"
            })
    void whatIsNoAddressIsRefusedWithoutItsSecrets(String uri) {
        StoreException e = assertThrows(StoreException.class, () -> S3Location.of(URI.create(uri)));
        assertTrue(e.refusal().fix().contains("s3://BUCKET/KEY"), e.getMessage());
        assertFalse(e.getMessage().contains("secret"), e.getMessage());
    }

    @Test
    void settingsAreReadByName() {
        Map<String, String> given = Map.of(
                "afterlearner.s3.buckets", "models, data",
                "afterlearner.s3.endpoint", "http://minio:9000",
                "afterlearner.s3.region", "eu-west-1",
                "afterlearner.s3.path-style", "false",
                "afterlearner.s3.instance-metadata", "true");
        assertEquals(
                new S3Settings(List.of("models", "data"), URI.create("http://minio:9000"), "eu-west-1", false, true),
                S3Settings.from(given::get));
        assertEquals(S3Settings.DEFAULT, S3Settings.from(name -> null));
    }

    @Test
    void wrongSettingsAreNamedWithoutTheirSecrets() {
        assertRefused("afterlearner.s3.path-style is yes; give true or false", "afterlearner.s3.path-style", "yes");
        String endpoint = "afterlearner.s3.endpoint is not the URL of a store; give http://HOST:PORT or https://HOST,"
                + " without user and query";
        assertRefused(endpoint, "afterlearner.s3.endpoint", "minio:9000");
        assertRefused(endpoint, "afterlearner.s3.endpoint", "http://user:secret@minio");
        assertRefused(endpoint, "afterlearner.s3.endpoint", "http://a b");
    }

    private static void assertRefused(String expected, String name, String value) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> S3Settings.from(Map.of(name, value)::get));
        assertEquals(expected, e.getMessage());
    }
}
