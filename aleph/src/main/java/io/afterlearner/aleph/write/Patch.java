package io.afterlearner.aleph.write;

import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.Refusal;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.manifest.Aleph;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A retrofit without the model: the bytes of the base file that change. Small; applied and undone exactly.
 *
 * @param base SHA-256 of the file it applies to, lower-case hex
 * @param result SHA-256 of the file it makes, lower-case hex
 * @param changes the parameters before and after, for people
 * @param splices the bytes before and after, which are what is applied
 */
public record Patch(String base, String result, List<Change> changes, List<Splice> splices) {
    /** Maximum size of a patch file, in bytes. */
    public static final long MAX_BYTES = 1L << 28;

    /**
     * One manifest entry's parameters.
     *
     * @param tensor its name
     * @param was ℵ₀, row-major
     * @param becomes the new values
     */
    public record Change(String tensor, double[] was, double[] becomes) {}

    /** The patch equivalent to {@link Retrofit#write} at these values. */
    public static Patch of(Model model, Aleph aleph, double[] values) {
        List<Splice> splices = Rewrite.of(model, aleph, aleph.tensors(values));
        String result = Retrofit.sha256(out -> Splice.apply(splices, model.bytes(), model.directory(), out));
        List<Change> changes = new ArrayList<>();
        int offset = 0;
        for (Aleph.Group group : aleph.groups()) {
            double[] becomes = Arrays.copyOfRange(values, offset, offset + group.initial().length);
            changes.add(new Change(group.entry().tensor(), group.initial(), becomes));
            offset += becomes.length;
        }
        return new Patch(model.sha256(), result, changes, splices);
    }

    /**
     * Writes it as text; the file appears whole or not at all.
     *
     * @throws AlephException if it cannot be written
     */
    public void write(Path file) {
        byte[] text = PatchText.write(this).getBytes(StandardCharsets.UTF_8);
        var unused = Retrofit.replace(out -> out.write(text), file);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws AlephException if it is not a patch, or is damaged
     */
    public static Patch read(Path file) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file))
                throw new AlephException("a folder or device, not a file", "give the path of a patch");
            if (Files.size(file) > MAX_BYTES)
                throw new AlephException("over " + MAX_BYTES + " bytes, so not a patch", "give a patch");
            return PatchText.read(Files.readString(file, StandardCharsets.UTF_8));
        } catch (AlephException e) {
            throw e.in(file.getFileName());
        } catch (CharacterCodingException e) {
            throw new AlephException(file.getFileName() + ": not a patch", "give the path of a patch", e);
        } catch (IOException e) {
            throw new AlephException(
                    file.getFileName() + ": cannot be read: " + Refusal.reason(e), "check its path and permissions", e);
        }
    }

    /**
     * Writes the model with the new values.
     *
     * @param model the shipped file; its external data must be beside it
     * @throws AlephException if the patch was made for another file
     */
    public void apply(Path model, Path out) {
        byte[] before = read(model, base);
        Path directory = model.toAbsolutePath().resolveSibling(".");
        Retrofit.Content after = to -> Splice.apply(splices, before, directory, to);
        if (!Retrofit.sha256(after).equals(result))
            throw new AlephException(
                    model.getFileName() + ": the result has the wrong digest",
                    "copy the patch and the external data beside the model again");
        var unused = Retrofit.replace(after, out);
    }

    /**
     * Writes the shipped model again, bit for bit.
     *
     * @param changed the file that {@link #apply} or {@link Retrofit#write} wrote
     * @throws AlephException if the patch makes another file
     */
    public void undo(Path changed, Path out) {
        byte[] before = Splice.undo(splices, read(changed, result));
        if (!Model.sha256(before).equals(base))
            throw new AlephException("the patch does not restore its base", "copy the patch again");
        var unused = Retrofit.replace(to -> to.write(before), out);
    }

    private static byte[] read(Path file, String sha256) {
        byte[] bytes = Model.readBytes(file);
        String found = Model.sha256(bytes);
        if (!found.equals(sha256))
            throw new AlephException(
                    file.getFileName() + " has SHA-256 " + found + ", but the patch needs " + sha256,
                    "give the file that the patch belongs to");
        return bytes;
    }
}
