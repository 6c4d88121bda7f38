/**
 * Runs the images by podman exactly as the rendered manifests say. What a test needs to know about a pod comes from its manifest; nothing of
 * it is repeated here.
 */
@NullMarked
package io.afterlearner.k8s.containers;

import org.jspecify.annotations.NullMarked;
