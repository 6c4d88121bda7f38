/** study.yaml: read strictly, checked against its model and data, and resolved to a StudySpec; no Kafka and no process starts here. */
@NullMarked
package io.afterlearner.study;

import org.jspecify.annotations.NullMarked;
