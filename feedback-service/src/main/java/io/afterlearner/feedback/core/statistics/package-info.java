/** Sequential statistics that stay valid however often they are read: plain numbers in and out, no domain terms. */
@NullMarked
package io.afterlearner.feedback.core.statistics;

import org.jspecify.annotations.NullMarked;
