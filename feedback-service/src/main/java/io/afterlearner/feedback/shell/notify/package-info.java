/** Notifies people of what happens to studies, by webhooks. It reads the audit log, and judging does not know of it. */
@NullMarked
package io.afterlearner.feedback.shell.notify;

import org.jspecify.annotations.NullMarked;
