/** Checks a study.yaml against its model and data, and makes the StudySpec. Calls no service. */
@NullMarked
package io.afterlearner.study.resolve;

import org.jspecify.annotations.NullMarked;
