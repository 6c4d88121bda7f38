package io.afterlearner.study.files;

import io.afterlearner.aleph.Refusal;
import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.data.Digest;
import io.afterlearner.evaluation.fetch.Downloads;
import io.afterlearner.evaluation.fetch.FetchException;
import io.afterlearner.schemas.Artifact;
import io.afterlearner.schemas.ModelFile;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.study.InputException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of a study that exists, found by the addresses and digests of its spec. */
public record SpecFiles(Downloads downloads) {

    /** @throws InputException if it is not there, or has another digest */
    public Path find(@Nullable Artifact artifact) {
        if (artifact == null) {
            throw new InputException("afterlearner: the study's spec lacks a file", "create the study again");
        }
        return "file".equals(URI.create(artifact.getUri()).getScheme()) ? local(artifact) : fetched(artifact);
    }

    /** The model, with its external data beside it. */
    public Path findModel(StudySpec spec) {
        Path model = find(spec.getModel());
        SortedMap<String, Path> beside = new TreeMap<>();
        for (ModelFile file : spec.getModelFiles()) {
            beside.put(file.getLocation(), find(file.getArtifact()));
        }
        boolean apart = beside.entrySet().stream()
                .anyMatch(
                        each -> !model.resolveSibling(each.getKey()).normalize().equals(each.getValue()));
        return apart
                ? downloads.together(Digest.sha256(model) + spec.getModelFiles(), model, beside, Artifacts.USES)
                : model;
    }

    private static Path local(Artifact artifact) {
        try {
            Path file = Path.of(URI.create(artifact.getUri()));
            String found = Digest.sha256(file);
            if (!found.equals(artifact.getSha256())) {
                throw new InputException(
                        "afterlearner: " + file + " has the digest " + found + ", not " + artifact.getSha256(),
                        "use the file that the study was created with");
            }
            return file;
        } catch (DataException e) {
            throw refused(e.refusal());
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw new InputException(
                    "afterlearner: " + artifact.getUri() + " is not a file on this machine",
                    "run this command where it is");
        }
    }

    private Path fetched(Artifact artifact) {
        try {
            return downloads.fetch(
                    URI.create(artifact.getUri()),
                    artifact.getSha256(),
                    Artifacts.MAX_BYTES,
                    file -> {},
                    Artifacts.USES);
        } catch (FetchException e) {
            throw refused(e.refusal());
        }
    }

    private static InputException refused(Refusal refusal) {
        return new InputException("afterlearner: " + refusal.problem(), refusal.fix());
    }
}
