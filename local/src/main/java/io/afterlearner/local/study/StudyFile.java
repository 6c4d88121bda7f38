package io.afterlearner.local.study;

import io.afterlearner.schemas.EvaluationSpec;
import io.afterlearner.schemas.LossSpec;
import io.afterlearner.schemas.OptimizerSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A study.yaml as its author wrote it: every key known, every value of its type and within its limits. Whether it fits
 * its model and data is for {@link Resolver} to say.
 *
 * @param root for the places of later errors
 * @param aleph at least one
 */
public record StudyFile(
        Yaml root,
        String name,
        FileKey model,
        List<AlephKey> aleph,
        FileKey search,
        FileKey test,
        LossKey loss,
        OptimizerSpec optimizer,
        @Nullable FileKey warmStart,
        EvaluationSpec evaluation) {

    private static final List<String> KEYS =
            List.of("name", "model", "aleph", "data", "loss", "optimizer", "evaluation");
    /** In a topic key, a URL and a folder's name. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    private static final int MOST_ENTRIES = 1_000;

    /**
     * @param at the mapping that holds loss.type and its settings
     */
    record LossKey(Yaml at, LossSpec spec) {}

    /**
     * @param name the file as typed by the user
     * @throws InputException naming the line and the key of the first thing that is wrong
     */
    public static StudyFile read(String name, Path path) {
        Yaml root = Yaml.read(new Source(name, path));
        Map<String, Yaml> keys = root.mapping(KEYS);
        Map<String, Yaml> data = required(root, keys, "data", "data: {search: search.npz, test: test.npz}")
                .mapping(List.of("search", "test"));
        Yaml dataAt = keys.getOrDefault("data", root);
        return new StudyFile(
                root,
                name(required(root, keys, "name", "name: my-study")),
                FileKey.of(required(root, keys, "model", "model: {uri: model.onnx}")),
                aleph(required(root, keys, "aleph", "aleph: [{tensor: …, transform: shift, range: [-1, 1]}]")),
                FileKey.of(required(dataAt, data, "search", "search: search.npz")),
                FileKey.of(required(dataAt, data, "test", "test: test.npz")),
                loss(required(root, keys, "loss", "loss: {type: error-rate}")),
                OptimizerKeys.read(keys.get("optimizer")),
                OptimizerKeys.warmStart(keys.get("optimizer")),
                EvaluationKeys.read(keys.get("evaluation")));
    }

    /** The folder relative paths start from. */
    Path folder() {
        Path parent = root.source().path().toAbsolutePath().getParent();
        return parent == null ? Path.of("/") : parent;
    }

    static Yaml required(Yaml at, Map<String, Yaml> keys, String key, String example) {
        Yaml value = keys.get(key);
        if (value == null) {
            String place = at.place().isEmpty() ? key : at.place() + "." + key;
            throw at.source().error(at.line(), place, "is missing; add " + example);
        }
        return value;
    }

    private static String name(Yaml at) {
        String name = at.text();
        if (!NAME.matcher(name).matches()) {
            throw at.error(
                    "must be 1 to 63 of a-z, 0-9, '.', '_' and '-', beginning with a letter or digit, not " + name);
        }
        return name;
    }

    private static List<AlephKey> aleph(Yaml at) {
        List<Yaml> entries = at.list();
        if (entries.isEmpty()) {
            throw at.error(
                    "must name at least one tensor; ./afterlearner inspect MODEL.onnx lists those that could be");
        }
        if (entries.size() > MOST_ENTRIES) {
            throw at.error("must have at most " + MOST_ENTRIES + " entries, not " + entries.size());
        }
        return entries.stream().map(AlephKey::of).toList();
    }

    private static LossKey loss(Yaml at) {
        Map<String, Yaml> keys = at.mapping();
        String type = required(at, keys, "type", "type: error-rate").text();
        Map<String, String> settings = new TreeMap<>();
        keys.forEach((key, value) -> {
            if (!key.equals("type")) {
                settings.put(key, JsonText.of(value));
            }
        });
        return new LossKey(at, new LossSpec(type, settings));
    }

    Yaml alephPlace() {
        return root.mapping().getOrDefault("aleph", root);
    }

    /** The place of one of the optimizer's keys, or the next above that is written. */
    Yaml optimizerPlace(String key) {
        Yaml at = root.mapping().get("optimizer");
        return at == null ? root : at.mapping().getOrDefault(key, at);
    }
}
