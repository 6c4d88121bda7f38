/** Tests of metrics that are queries. */
@NullMarked
package io.afterlearner.feedback.shell.query;

import org.jspecify.annotations.NullMarked;
