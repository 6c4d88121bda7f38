package io.afterlearner.study.keys;

import io.afterlearner.aleph.manifest.AlephEntry;
import io.afterlearner.evaluation.fetch.Downloads;
import io.afterlearner.schemas.EvaluationSpec;
import io.afterlearner.schemas.OptimizerSpec;
import io.afterlearner.study.InputException;
import io.afterlearner.study.files.Artifacts;
import io.afterlearner.study.files.FileKey;
import io.afterlearner.study.yaml.Source;
import io.afterlearner.study.yaml.Yaml;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A study.yaml whose keys are all known, and whose values all have the right type and range. {@link
 * io.afterlearner.study.resolve.Resolver} checks whether it fits its model and data.
 *
 * @param root for the places of later errors
 * @param files finds the files it names
 * @param aleph at least one
 */
public record StudyFile(
        Yaml root,
        Artifacts files,
        String name,
        FileKey model,
        List<AlephEntry> aleph,
        LossSource losses,
        OptimizerSpec optimizer,
        @Nullable FileKey warmStart,
        EvaluationSpec evaluation) {

    /** Valid in a topic key, a URL and a folder name. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    /**
     * @param name the file as typed by the user
     * @param downloads where files fetched by http(s) are kept
     * @throws InputException with the line and the key of the first error
     */
    public static StudyFile read(String name, Path path, Path downloads) {
        return read(name, path, Artifacts.downloads(downloads, line -> {}));
    }

    /** Like {@link #read(String, Path, Path)}, with downloads that say what they fetch or reuse. */
    public static StudyFile read(String name, Path path, Downloads downloads) {
        Yaml root = Yaml.read(new Source(name, path));
        Section keys = Section.of(root);
        Artifacts files = new Artifacts(folder(path), downloads);
        Yaml online = keys.get("online");
        Section optimizer = keys.section("optimizer");
        Section evaluation = keys.section("evaluation");
        return new StudyFile(
                root,
                files,
                name(keys.required("name")),
                FileKey.of(keys.required("model")),
                AlephKeys.read(keys.required("aleph")),
                online == null ? DataKeys.read(keys) : online(keys, online, files),
                OptimizerKeys.read(optimizer, online != null),
                optimizer.optional("warmStart", FileKey::of).orElse(null),
                online == null ? EvaluationKeys.read(evaluation) : EvaluationKeys.readOnline(evaluation));
    }

    private static OnlineKeys online(Section keys, Yaml online, Artifacts files) {
        for (String key : List.of("data", "loss")) {
            Yaml beside = keys.get(key);
            if (beside != null) {
                throw beside.error("cannot be combined with online, where users are the loss", "keep one of the two");
            }
        }
        return OnlineKeys.read(online, files);
    }

    private static Path folder(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? Path.of("/") : parent;
    }

    private static String name(Yaml at) {
        String name = at.text();
        if (!NAME.matcher(name).matches()) {
            throw at.error(
                    "must be 1 to 63 of a-z, 0-9, '.', '_' and '-', beginning with a letter or digit, not " + name);
        }
        return name;
    }

    /**
     * What candidates are scored on.
     *
     * @param fix what to do with an online study instead, for the error
     * @throws InputException in an online study
     */
    public DataKeys data(String fix) {
        if (losses instanceof DataKeys data) {
            return data;
        }
        throw at("online").error("candidates of an online study are scored by users, not on data", fix);
    }

    /** The value at a path such as {@code aleph[1].range}, or the nearest value above it that is written. */
    public Yaml at(String path) {
        return root.nearest(path);
    }
}
