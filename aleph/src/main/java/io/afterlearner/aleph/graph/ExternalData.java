package io.afterlearner.aleph.graph;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.Refusal;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The place of a tensor's values in a file beside the model.
 *
 * @param location as written in the model: relative to the model's directory
 * @param offset first byte
 * @param length bytes
 */
public record ExternalData(String location, long offset, long length) {

    public static boolean isExternal(TensorProto t) {
        return t.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
    }

    /** The file that a tensor names, which must be below the model's directory. */
    static String location(TensorProto t, String what) {
        for (StringStringEntryProto entry : t.getExternalDataList())
            if (entry.getKey().equals("location")) {
                relative(entry.getValue(), what);
                return entry.getValue();
            }
        throw misplaced(what, "", ", which names no file");
    }

    private static Path relative(String location, String what) {
        Path relative = Path.of(location);
        if (location.isEmpty() || relative.isAbsolute() || relative.normalize().startsWith(".."))
            throw misplaced(what, location, ", which is outside the model's directory");
        return relative;
    }

    /** Reads the reference and checks that the file has these bytes. */
    public static ExternalData of(TensorProto t, Path directory, String what) {
        String location = "";
        long offset = 0;
        long length = -1;
        for (StringStringEntryProto entry : t.getExternalDataList()) {
            switch (entry.getKey()) {
                case "location" -> location = entry.getValue();
                case "offset" -> offset = number(entry.getValue(), what);
                case "length" -> length = number(entry.getValue(), what);
                default -> {}
            }
        }
        long needed = TensorCodec.rawBytes(t.getDataType(), TensorCodec.elements(t.getDimsList(), what), what);
        long size = size(resolve(directory, location, what), location, what);
        if (length >= 0 && length != needed)
            throw new AlephException(
                    what + " needs " + needed + " bytes but names " + length + " in " + location,
                    "export the model again");
        if (offset > size || needed > size - offset)
            throw new AlephException(
                    what + " needs bytes " + offset + " to " + (offset + needed) + " of " + location + ", which has "
                            + size,
                    "copy the whole file beside the model");
        return new ExternalData(location, offset, needed);
    }

    private static long number(String text, String what) {
        if (!text.matches("[0-9]{1,18}"))
            throw new AlephException(
                    what + " has external data at '" + text + "', which is not a position", "export the model again");
        return Long.parseLong(text);
    }

    /** The file, which must be in the model's directory, even through links. */
    static Path resolve(Path directory, String location, String what) {
        try {
            Path file = directory.resolve(relative(location, what));
            if (!Files.exists(file)) throw misplaced(what, location, ", which does not exist");
            if (!file.toRealPath().startsWith(directory.toRealPath()))
                throw misplaced(what, location, ", a link out of the model's directory");
            if (!Files.isRegularFile(file)) throw misplaced(what, location, ", which is not a regular file");
            return file;
        } catch (InvalidPathException e) {
            throw misplaced(what, location, ", which is not a path: " + e.getMessage());
        } catch (IOException e) {
            throw misplaced(what, location, ", which cannot be opened: " + Refusal.reason(e));
        }
    }

    private static AlephException misplaced(String what, String location, String why) {
        return new AlephException(what + " has its data in '" + location + "'" + why, "copy it beside the model");
    }

    private static long size(Path file, String location, String what) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw misplaced(what, location, ", which cannot be read: " + Refusal.reason(e));
        }
    }

    public byte[] read(Path directory, String what) {
        byte[] bytes = new byte[Math.toIntExact(length)];
        try (RandomAccessFile file =
                new RandomAccessFile(resolve(directory, location, what).toFile(), "r")) {
            file.seek(offset);
            file.readFully(bytes);
            return bytes;
        } catch (EOFException e) {
            throw misplaced(what, location, ", which became shorter");
        } catch (IOException e) {
            throw misplaced(what, location, ", which cannot be read: " + Refusal.reason(e));
        }
    }
}
