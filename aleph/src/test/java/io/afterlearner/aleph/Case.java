package io.afterlearner.aleph;

import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.manifest.AlephEntry;
import io.afterlearner.aleph.manifest.AlephEntry.Granularity;
import io.afterlearner.aleph.manifest.AlephEntry.Transform;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A model and a manifest. */
public record Case(String name, AlephEntry... aleph) {
    public Model model(Path directory) {
        ModelBuilder builder = switch (name) {
            case "convolution" -> TestModels.convolution();
            case "transformer" -> TestModels.transformer();
            case "subgraphs" -> TestModels.subgraphs();
            case "scan" -> TestModels.scan();
            case "shared" -> TestModels.shared();
            case "external" -> TestModels.external(directory);
            case "unranked" -> TestModels.unranked();
            case "scalar" -> TestModels.scalar();
            case "gain" -> TestModels.gain();
            default -> throw new IllegalArgumentException(name);
        };
        return Model.read(builder.write(directory.resolve(name + ".onnx")));
    }

    @Override
    public String toString() {
        return name + " " + Stream.of(aleph).map(AlephEntry::tensor).toList();
    }

    /** Every model with the manifests worth trying on it. */
    public static Stream<Case> all() {
        return Stream.of(
                new Case("unranked", Entry.shift("b")),
                new Case("scalar", Entry.shift("b")),
                new Case("convolution", Entry.shift("mean"), Entry.scale("std")),
                new Case(
                        "convolution",
                        AlephEntry.of("bn.scale", Transform.VALUE, Granularity.ELEMENT),
                        Entry.shift("bn.bias")),
                new Case("convolution", AlephEntry.of("conv.w", Transform.SCALE, Granularity.CHANNEL)),
                new Case(
                        "convolution",
                        AlephEntry.of("fc.w", Transform.VALUE, Granularity.ELEMENT),
                        Entry.shift("fc.b")),
                new Case("transformer", Entry.scale("temperature")),
                new Case("transformer", AlephEntry.of("head.w", Transform.SHIFT, Granularity.ELEMENT)),
                new Case(
                        "transformer",
                        AlephEntry.of("wq", Transform.SCALE, Granularity.TENSOR),
                        Entry.shift("ln.bias")),
                new Case("subgraphs", Entry.shift("then.w"), Entry.shift("else.w")),
                new Case("subgraphs", Entry.scale("step")),
                new Case("subgraphs", Entry.scale("first.w"), Entry.shift("step")),
                new Case("scan", Entry.scale("gain")),
                new Case("scan", Entry.shift("start")),
                new Case("shared", AlephEntry.of("w", Transform.SHIFT, Granularity.CHANNEL)),
                new Case("external", AlephEntry.of("w", Transform.VALUE, Granularity.ELEMENT)),
                new Case("external", Entry.shift("b")),
                new Case("gain", Entry.input("gain", 1)));
    }
}
