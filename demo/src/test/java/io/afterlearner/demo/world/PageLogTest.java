package io.afterlearner.demo.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PageLogTest {
    private static final PageLog.Entry ENTRY =
            new PageLog.Entry(1_700_000_000_000L, "f3a9", "user-1", 24, 47.5, new PageLog.Context("to.ken"));

    /** A setting of the topic in study.yaml, such as where the token is. */
    private static String mapped(String key) throws IOException {
        String line = Files.readAllLines(Path.of("../examples/online/study.yaml")).stream()
                .filter(l -> l.contains("topic: " + PageLog.TOPIC))
                .findFirst()
                .orElseThrow();
        Matcher found = Pattern.compile("\\b" + key + ": ([\\w.]+)").matcher(line);
        assertTrue(found.find(), key + " in " + line);
        return found.group(1);
    }

    private static JsonNode at(String key) throws IOException {
        return new ObjectMapper().readTree(ENTRY.json()).at("/" + mapped(key).replace('.', '/'));
    }

    @Test
    void aRecordHasWhatTheStudyReads() throws IOException {
        assertEquals("to.ken", at("token").asText());
        assertEquals(47.5, at("value").asDouble());
        assertEquals(1_700_000_000_000L, at("timestamp").asLong());
        assertEquals("f3a9", at("id").asText());
        assertEquals("json", mapped("format"));
    }
}
