package io.afterlearner.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.afterlearner.k8s.checks.Definitions;
import io.afterlearner.k8s.overlay.Manifest;
import io.afterlearner.k8s.overlay.Overlay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Custom resources are checked against a folder of definitions; the definition of Box here stands for those of other projects. */
class DefinitionsTest {
    private static final Path FOLDER = Path.of("src/test/resources/io/afterlearner/k8s/definitions");

    private static List<String> findings(String spec) throws IOException {
        String text = "{apiVersion: example.org/v1, kind: Box, metadata: {name: one}, spec: " + spec + "}";
        return new Definitions(FOLDER).findings(new Overlay(List.of(new Manifest(new YAMLMapper().readTree(text)))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{size: 1, colour: red, port: http, parts: [{name: a}], free: {any: 1}}",
                "{size: 1, port: 80}",
            })
    void whatADefinitionAllowsIsAccepted(String spec) throws IOException {
        assertEquals(List.of(), findings(spec));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{size: 1, color: red}          | color",
                "{size: large}                  | size",
                "{size: 0}                      | size",
                "{colour: red}                  | size",
                "{size: 1, colour: green}       | colour",
                "{size: 1, parts: [{nam: a}]}   | nam",
                "{size: 1, port: true}          | port",
            })
    void whatADefinitionForbidsIsFound(String spec, String finding) throws IOException {
        List<String> found = findings(spec);
        assertTrue(
                found.stream().anyMatch(text -> text.startsWith("Box/one: ") && text.contains(finding)),
                found::toString);
    }

    @Test
    void objectsWithoutADefinitionAreForTypedModels() throws IOException {
        assertEquals(List.of(), new Definitions(FOLDER).findings(Overlay.rendered("local")));
    }
}
