package io.afterlearner.study.yaml;

import io.afterlearner.aleph.Refusal;
import io.afterlearner.study.InputError;
import io.afterlearner.study.InputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A YAML file.
 *
 * @param name as typed by the user; every message begins with it
 */
public record Source(String name, Path path) {
    private static final int MAX_CHARACTERS = 1 << 20;
    /** The composer recurses, so nesting is checked before it runs. A study.yaml nests 5 deep, a loss's settings 8 more. */
    private static final int MAX_DEPTH = 32;

    private static final String SYNTAX_FIX = "check colons, quotes and indentation";

    /** The document's root node. Only nodes are created, never objects of classes the document names. */
    Node compose() {
        String text = text();
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setCodePointLimit(MAX_CHARACTERS)
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(20)
                .build();
        try {
            checkDepth(settings, text);
            Optional<Node> root = new Compose(settings).composeString(text);
            return root.orElseThrow(() -> error(0, "is empty", "see the example in ./afterlearner retrofit --help"));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            throw new InputException(
                    new InputError(name, line, "", "is not valid YAML: " + e.getProblem(), SYNTAX_FIX), e);
        } catch (YamlEngineException e) {
            throw new InputException(
                    new InputError(name, 0, "", "is not valid YAML: " + e.getMessage(), "correct it"), e);
        }
    }

    private void checkDepth(LoadSettings settings, String text) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > MAX_DEPTH) {
                int line = event.getStartMark().map(Mark::getLine).orElse(0) + 1;
                throw error(line, "is nested more than " + MAX_DEPTH + " levels deep", "remove the extra brackets");
            }
        }
    }

    private String text() {
        if (!Files.exists(path)) {
            throw error(0, "there is no such file", "check the path");
        }
        if (!Files.isRegularFile(path)) {
            throw error(0, "is not a file", "give the study.yaml itself");
        }
        try {
            if (Files.size(path) > MAX_CHARACTERS) {
                throw error(0, "is larger than 1 MiB", "give a study.yaml, not its data");
            }
            return Files.readString(path);
        } catch (CharacterCodingException e) {
            throw error(0, "is not UTF-8 text", "save it as UTF-8");
        } catch (IOException e) {
            throw error(0, "cannot be read: " + Refusal.reason(e), "check the file and its permissions");
        }
    }

    private InputException error(int line, String problem, String fix) {
        return new InputException(new InputError(name, line, "", problem, fix));
    }
}
