/** What the services' metrics and logs have in common. No Kafka, no Quarkus. */
@NullMarked
package io.afterlearner.observability;

import org.jspecify.annotations.NullMarked;
