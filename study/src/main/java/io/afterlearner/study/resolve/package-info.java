/** Checks a study.yaml against its model and data, and makes the StudySpec; no service is called here. */
@NullMarked
package io.afterlearner.study.resolve;

import org.jspecify.annotations.NullMarked;
