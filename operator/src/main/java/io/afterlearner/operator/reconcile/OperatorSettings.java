package io.afterlearner.operator.reconcile;

import java.time.Duration;
import java.util.Set;

/**
 * How the operator works.
 *
 * @param namespaces whose Studies it looks after; empty for all
 * @param lease where the Lease lies that names the operator at work, and who this one is
 * @param interval how often the optimizer is asked
 * @param applied whether status is written by server-side apply
 */
public record OperatorSettings(Set<String> namespaces, LeaseName lease, Duration interval, boolean applied) {
    /**
     * @param namespace empty for no election: this operator is the only one
     * @param identity unique among the operators
     * @param duration after this time without renewal another operator takes over
     */
    public record LeaseName(String namespace, String name, String identity, Duration duration) {}
}
