package io.afterlearner.evaluator.scoring;

/**
 * Where models run, and limits of memory.
 *
 * @param cuda whether to run on a GPU instead of the CPU
 * @param device number of the GPU
 * @param cacheBytes limit of all studies' data and cached prefixes together
 * @param maxModelBytes limit of one model
 * @param maxDataBytes limit of one study's data, unpacked
 */
public record SessionSettings(boolean cuda, int device, long cacheBytes, long maxModelBytes, long maxDataBytes) {}
