/** What AfterLearner's services share about HTTP: problems, strict JSON, request limits, readiness. Quarkus finds its beans by META-INF/beans.xml. No service's own resource or view belongs here. */
@NullMarked
package io.afterlearner.http;

import org.jspecify.annotations.NullMarked;
