package io.afterlearner.study;

import io.afterlearner.schemas.EvaluationSpec;
import io.afterlearner.schemas.OptimizerSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
        Judged judged,
        OptimizerSpec optimizer,
        @Nullable FileKey warmStart,
        EvaluationSpec evaluation) {

    private static final List<String> KEYS =
            List.of("name", "model", "aleph", "data", "loss", "online", "optimizer", "evaluation");
    /** In a topic key, a URL and a folder's name. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    private static final int MOST_ENTRIES = 1_000;

    /**
     * @param name the file as typed by the user
     * @throws InputException naming the line and the key of the first thing that is wrong
     */
    public static StudyFile read(String name, Path path) {
        Yaml root = Yaml.read(new Source(name, path));
        Map<String, Yaml> keys = root.mapping(KEYS);
        Yaml online = keys.get("online");
        Yaml evaluation = keys.get("evaluation");
        return new StudyFile(
                root,
                name(required(root, keys, "name", "name: my-study")),
                FileKey.of(required(root, keys, "model", "model: {uri: model.onnx}")),
                aleph(required(root, keys, "aleph", "aleph: [{tensor: …, transform: shift, range: [-1, 1]}]")),
                online == null ? DataKeys.read(root, keys) : online(root, keys, online),
                OptimizerKeys.read(keys.get("optimizer"), online != null),
                OptimizerKeys.warmStart(keys.get("optimizer")),
                online == null ? EvaluationKeys.read(evaluation) : EvaluationKeys.readOnline(evaluation));
    }

    private static OnlineKeys online(Yaml root, Map<String, Yaml> keys, Yaml online) {
        for (String key : List.of("data", "loss")) {
            Yaml beside = keys.get(key);
            if (beside != null) {
                throw beside.error("cannot stand beside online, where users are the loss; keep one of the two");
            }
        }
        return OnlineKeys.read(online, folder(root));
    }

    /** The folder relative paths start from. */
    Path folder() {
        return folder(root);
    }

    private static Path folder(Yaml root) {
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

    /**
     * What candidates are scored on.
     *
     * @throws InputException if that is users
     */
    DataKeys data() {
        if (judged instanceof DataKeys data) {
            return data;
        }
        throw root.mapping()
                .getOrDefault("online", root)
                .error("is judged by users, not by data; ./afterlearner study create "
                        + root.source().name() + " begins it on the stack that runs");
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
