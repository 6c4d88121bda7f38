package io.afterlearner.local.cli;

import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.Printable;
import io.afterlearner.aleph.Refusal;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.graph.ValueInfo;
import io.afterlearner.aleph.inspect.Inspection;
import io.afterlearner.aleph.inspect.Inspection.TensorReport;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Json;
import io.afterlearner.local.cli.console.Table;
import io.afterlearner.study.InputException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inspect}: the tensors of a model that can be ℵ. */
@Command(
        name = "inspect",
        description =
                "Lists the tensors of a model that can be ℵ, with their shapes and with the share of the graph's nodes"
                        + " that do not depend on them. These frozen nodes run once per example, all others once per"
                        + " candidate.",
        footer = {
            "",
            "Examples:",
            "  ./afterlearner inspect examples/depth/depth.onnx",
            "  ./afterlearner inspect model.onnx --all              also the tensors that cannot be ℵ, and why",
            "  ./afterlearner inspect model.onnx --json | jq -c 'select(.frozenShare > 0.9)'"
        })
final class InspectCommand implements Callable<Integer> {
    /** A longer name is cut; JSON has all of it. */
    private static final int MAX_NAME = 60;

    private final Console console;

    @Parameters(paramLabel = "MODEL.onnx", description = "Model to inspect.")
    private @Nullable Path file;

    @Option(names = "--all", description = "Also list the tensors that cannot be ℵ, with the reason.")
    private boolean all;

    @Option(
            names = "--json",
            description = "Print one JSON object per tensor; those that cannot be ℵ have the reason as refusal.")
    private boolean json;

    InspectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try {
            Model model = Model.read(Objects.requireNonNull(file));
            List<TensorReport> tensors = Inspection.of(model);
            if (json) {
                tensors.forEach(tensor -> console.out().println(Json.line(fields(tensor))));
            } else {
                print(model, tensors);
            }
        } catch (AlephException e) {
            throw InputException.of(e);
        }
        return ExitCode.OK;
    }

    private void print(Model model, List<TensorReport> tensors) {
        console.out()
                .printf(
                        "inputs   %s%noutputs  %s%nsha256   %s%n%n",
                        describe(model.inputs()), describe(model.outputs()), model.sha256());
        Refusal nothing = Inspection.nothing(model);
        if (nothing != null) {
            console.out().println(nothing);
            return;
        }
        Table table = new Table("tensor", "kind", "type", "shape", "elements", "frozen", "read by");
        tensors.stream()
                .filter(tensor -> tensor.refusal() == null)
                .forEach(tensor -> table.row(
                        tensor.name(),
                        tensor.kind().name().toLowerCase(Locale.ROOT),
                        tensor.type(),
                        shape(tensor.shape()),
                        tensor.elements(),
                        String.format(Locale.ROOT, "%.0f %%", 100 * tensor.frozenShare()),
                        tensor.users() + (tensor.users() == 1 ? " node" : " nodes")));
        console.out().print(table);
        List<TensorReport> refused =
                tensors.stream().filter(tensor -> tensor.refusal() != null).toList();
        if (all) {
            refused.forEach(
                    tensor -> console.out().println(Printable.line(tensor.name(), MAX_NAME) + ": " + tensor.refusal()));
        } else if (!refused.isEmpty()) {
            console.out().println("cannot be ℵ: " + refused.size() + " more; --all shows why");
        }
    }

    private static String describe(List<ValueInfo> values) {
        return values.stream()
                .map(value -> Printable.line(value.name(), MAX_NAME) + " " + Printable.line(value.describe(), MAX_NAME))
                .collect(Collectors.joining(", "));
    }

    private static String shape(long[] shape) {
        return Arrays.toString(shape).replace("-1", "?").replace(" ", "");
    }

    private static Map<String, @Nullable Object> fields(TensorReport tensor) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("tensor", tensor.name());
        fields.put("kind", tensor.kind().name().toLowerCase(Locale.ROOT));
        fields.put("type", tensor.type());
        fields.put("shape", tensor.shape());
        fields.put("elements", tensor.elements());
        fields.put("frozenShare", tensor.frozenShare());
        fields.put("users", tensor.users());
        fields.put("refusal", Objects.toString(tensor.refusal(), null));
        return fields;
    }
}
