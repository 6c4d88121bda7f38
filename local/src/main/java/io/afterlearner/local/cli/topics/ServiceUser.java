package io.afterlearner.local.cli.topics;

import io.afterlearner.schemas.cluster.Right;
import java.util.List;

/**
 * A service as a user of Kafka.
 *
 * @param name of the service; that of evaluators has their pool's, such as {@code evaluator-gpu}
 * @param principal without {@code User:}
 */
record ServiceUser(String name, String principal, List<Right> rights) {}
