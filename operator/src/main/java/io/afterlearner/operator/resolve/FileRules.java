package io.afterlearner.operator.resolve;

import com.fasterxml.jackson.databind.JsonNode;
import io.afterlearner.study.InputError;
import io.afterlearner.study.InputException;
import io.afterlearner.study.keys.StudyKey;
import io.afterlearner.study.keys.StudyKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Which files a Study may name: by {@code s3:}, {@code http:} or {@code https:}, or below one of the folders that the operator and the
 * evaluators have in common. A path relative to a study.yaml means nothing in a cluster.
 *
 * @param roots folders that {@code file:} addresses may be below
 */
public record FileRules(List<Path> roots) {
    private static final List<String> FILE_KEYS = StudyKeys.all().stream()
            .filter(key -> key.type().equals("file"))
            .map(StudyKey::path)
            .toList();

    /**
     * @param spec the keys of a study.yaml
     * @throws InputException at the first file that is not allowed
     */
    void check(JsonNode spec) {
        FILE_KEYS.forEach(path -> check(spec, path, ""));
    }

    private void check(JsonNode at, String path, String place) {
        int dot = path.indexOf('.');
        String step = dot < 0 ? path : path.substring(0, dot);
        String rest = dot < 0 ? "" : path.substring(dot + 1);
        String name = step.replace("[]", "");
        String here = place.isEmpty() ? name : place + "." + name;
        JsonNode value = at.path(name);
        if (!step.endsWith("[]")) {
            checkValue(value, rest, here);
            return;
        }
        for (int i = 0; i < value.size(); i++) {
            checkValue(value.path(i), rest, here + "[" + i + "]");
        }
    }

    private void checkValue(JsonNode value, String rest, String place) {
        if (!rest.isEmpty()) {
            check(value, rest, place);
            return;
        }
        JsonNode uri = value.isObject() ? value.path("uri") : value;
        if (uri.isTextual()) {
            require(uri.textValue(), place);
        }
    }

    private void require(String uri, String place) {
        String lower = uri.toLowerCase(Locale.ROOT);
        if (lower.matches("(s3|https?)://.*") || (lower.startsWith("file:") && isBelowRoot(uri))) {
            return;
        }
        String fix = "give s3://BUCKET/KEY, https://HOST/PATH or http://HOST/PATH";
        if (!lower.startsWith("file:")) {
            throw refused(place, uri + " is not an address, and relative paths have no meaning in a cluster", fix);
        }
        String allowed = roots.isEmpty()
                ? "ask the operator's administrator to set afterlearner.operator.file-roots"
                : "give a file below "
                        + String.join(" or ", roots.stream().map(Path::toString).toList());
        throw refused(place, uri + " is not below a folder that the operator may read", fix + ", or " + allowed);
    }

    private boolean isBelowRoot(String uri) {
        try {
            Path file = Path.of(URI.create(uri)).toRealPath();
            for (Path root : roots) {
                if (file.startsWith(root.toRealPath())) {
                    return true;
                }
            }
            return false;
        } catch (IOException | IllegalArgumentException | FileSystemNotFoundException e) {
            return isNamedBelowRoot(uri);
        }
    }

    /** A file that is not there yet is not followed; that it is missing is for the resolver to say. */
    private boolean isNamedBelowRoot(String uri) {
        try {
            Path file = Path.of(URI.create(uri)).normalize();
            return roots.stream().anyMatch(file::startsWith);
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            return false;
        }
    }

    private static InputException refused(String place, String problem, String fix) {
        return new InputException(new InputError("", 0, place, problem, fix));
    }
}
