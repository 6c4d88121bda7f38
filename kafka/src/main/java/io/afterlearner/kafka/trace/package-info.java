/** Traces of OpenTelemetry: the context in record headers, and the spans that the services share. It needs only OpenTelemetry's API. */
@NullMarked
package io.afterlearner.kafka.trace;

import org.jspecify.annotations.NullMarked;
