package io.afterlearner.study;

import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.manifest.Aleph;
import io.afterlearner.evaluation.loss.Losses;
import io.afterlearner.schemas.StudySpec;
import java.nio.file.Path;

/**
 * A study that fits its model and data.
 *
 * @param spec with the id its content gives it
 * @param search the search split's file
 * @param test the test split's file
 */
public record Resolved(StudySpec spec, Model model, Aleph aleph, Losses.Chosen loss, Path search, Path test) {}
