/** Tests of notifications to receivers. */
@NullMarked
package io.afterlearner.feedback.shell.notify;

import org.jspecify.annotations.NullMarked;
