package io.afterlearner.study;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A YAML file with the name its user knows it by.
 *
 * @param name as typed by the user; opens every message
 * @param path where it is
 */
record Source(String name, Path path) {
    static final int MOST_CHARACTERS = 1 << 20;

    /** The document's root, as nodes that know their lines; no object of the document's choosing is ever built. */
    Node compose() {
        String text = text();
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setCodePointLimit(MOST_CHARACTERS)
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(20)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            return root.orElseThrow(() -> new InputException(name + ": is empty; see ./afterlearner retrofit --help"));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            throw new InputException(name + ":" + line + ": is not valid YAML: " + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new InputException(name + ": is not valid YAML: " + e.getMessage(), e);
        }
    }

    private String text() {
        if (!Files.exists(path)) {
            throw new InputException(name + ": there is no such file");
        }
        if (!Files.isRegularFile(path)) {
            throw new InputException(name + ": is not a file; give the study.yaml itself");
        }
        try {
            if (Files.size(path) > MOST_CHARACTERS) {
                throw new InputException(name + ": is over 1 MiB; a study.yaml is a few lines");
            }
            return Files.readString(path);
        } catch (CharacterCodingException e) {
            throw new InputException(name + ": is not UTF-8 text", e);
        } catch (IOException e) {
            throw new InputException(name + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** An error at a place of this file. */
    InputException error(int line, String place, String what) {
        return new InputException(name + ":" + line + ": " + (place.isEmpty() ? "" : place + ": ") + what);
    }
}
