package io.afterlearner.operator;

import java.nio.file.Path;

/** TinyStudy as an object of Kubernetes. */
public final class StudyYaml {
    private StudyYaml() {}

    public static String of(String name, Path folder) {
        return """
            apiVersion: afterlearner.io/v1alpha1
            kind: Study
            metadata:
              name: NAME
            spec:
              model: {uri: "file://FOLDER/tiny.onnx"}
              aleph:
                - {tensor: b, transform: shift, range: [-2, 2]}
              data: {search: {uri: "file://FOLDER/search.npz"}, test: {uri: "file://FOLDER/test.npz"}}
              loss: {type: rmse}
              optimizer:
                budget: 20
            """.replace("NAME", name).replace("FOLDER", folder.toString());
    }

    /** The same model, with users as the loss. */
    public static String online(String name, Path folder) {
        return of(name, folder)
                .replaceFirst(
                        "(?m)^  data: .*$",
                        "  online: {unit: user, explore: 0.2, control: 0.1, window: 30s, exposures: 150,"
                                + " trustRegion: 0.5, metric: {field: click, aggregate: rate, goal: maximize}}")
                .replaceFirst("(?m)^  loss: .*\n", "");
    }
}
