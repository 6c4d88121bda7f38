package io.afterlearner.evaluator.scoring;

/**
 * What models, data and caches may take.
 *
 * @param cuda whether on a GPU; else on the CPU
 * @param device number of the GPU
 * @param cacheBytes of all studies' data and cached prefixes together
 * @param maxModelBytes of one model
 * @param maxDataBytes of one study's data, unpacked
 */
public record SessionSettings(boolean cuda, int device, long cacheBytes, long maxModelBytes, long maxDataBytes) {}
