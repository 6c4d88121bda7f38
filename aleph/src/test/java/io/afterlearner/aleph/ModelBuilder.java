package io.afterlearner.aleph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.afterlearner.aleph.Tensor.ElementType;
import io.afterlearner.aleph.graph.TensorCodec;
import io.afterlearner.aleph.graph.Types;
import io.afterlearner.aleph.graph.ValueInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Builds small ONNX graphs. */
public final class ModelBuilder {
    public final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
    private final Random random;

    public ModelBuilder(long seed) {
        this.random = new Random(seed);
    }

    public ModelBuilder input(String name, long... shape) {
        return input(name, ElementType.FLOAT, shape);
    }

    public ModelBuilder input(String name, ElementType type, long... shape) {
        graph.addInput(ValueInfo.proto(name, Types.code(type), shape, new String[0]));
        return this;
    }

    public ModelBuilder output(String name, long... shape) {
        return output(name, ElementType.FLOAT, shape);
    }

    public ModelBuilder output(String name, ElementType type, long... shape) {
        graph.addOutput(ValueInfo.proto(name, Types.code(type), shape, new String[0]));
        return this;
    }

    /** Normal weights of standard deviation 0.5. */
    public ModelBuilder weights(String name, long... shape) {
        graph.addInitializer(floats(name, normal(count(shape)), shape));
        return this;
    }

    /** Weights between 0.5 and 1.5, for what must be positive. */
    public ModelBuilder positive(String name, long... shape) {
        float[] values = new float[count(shape)];
        for (int i = 0; i < values.length; i++) values[i] = 0.5f + random.nextFloat();
        graph.addInitializer(floats(name, values, shape));
        return this;
    }

    public ModelBuilder constant(String name, float[] values, long... shape) {
        graph.addInitializer(floats(name, values, shape));
        return this;
    }

    public ModelBuilder longs(String name, long... values) {
        TensorProto.Builder t = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64_VALUE)
                .addDims(values.length);
        for (long value : values) t.addInt64Data(value);
        graph.addInitializer(t);
        return this;
    }

    /** Weights in a file beside the model, from an offset. */
    public ModelBuilder external(String name, String location, Path directory, int offset, long... shape) {
        TensorProto t = floats(name, normal(count(shape)), shape);
        byte[] file = new byte[offset + t.getRawData().size()];
        t.getRawData().copyTo(file, offset);
        graph.addInitializer(TensorCodec.bare(t)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", location))
                .addExternalData(entry("offset", "" + offset))
                .addExternalData(entry("length", "" + t.getRawData().size())));
        write(directory.resolve(location), file);
        return this;
    }

    public static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    /** Inputs and outputs are lists of names separated by spaces. */
    public ModelBuilder node(String op, String inputs, String outputs, AttributeProto... attributes) {
        graph.addNode(nodeProto(op, inputs, outputs, attributes));
        return this;
    }

    public static NodeProto nodeProto(String op, String inputs, String outputs, AttributeProto... attributes) {
        NodeProto.Builder node = NodeProto.newBuilder().setOpType(op);
        if (!inputs.isEmpty()) for (String input : inputs.split(" ", -1)) node.addInput(input);
        for (String output : outputs.split(" ", -1)) node.addOutput(output);
        for (AttributeProto attribute : attributes) node.addAttribute(attribute);
        return node.build();
    }

    public static AttributeProto ints(String name, long... values) {
        AttributeProto.Builder a = AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) a.addInts(value);
        return a.build();
    }

    public static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    public static AttributeProto number(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    public static AttributeProto tensor(String name, TensorProto value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.TENSOR)
                .setT(value)
                .build();
    }

    public static AttributeProto graph(String name, ModelBuilder body) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(body.graph)
                .build();
    }

    public static TensorProto floats(String name, float[] values, long... shape) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) raw.putFloat(value);
        TensorProto.Builder t = TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
        for (long dim : shape) t.addDims(dim);
        return t.setRawData(ByteString.copyFrom(raw.rewind())).build();
    }

    private float[] normal(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = (float) (0.5 * random.nextGaussian());
        return values;
    }

    public static int count(long... shape) {
        int count = 1;
        for (long dim : shape) count *= (int) dim;
        return count;
    }

    public ModelProto.Builder proto() {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .setProducerName("test")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(graph);
    }

    public Path write(Path file) {
        return write(file, proto().build().toByteArray());
    }

    public static Path write(Path file, byte[] bytes) {
        try {
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
