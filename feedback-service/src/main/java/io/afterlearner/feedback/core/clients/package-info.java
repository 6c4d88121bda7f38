/** Who contributes what to a measurement, and whether it holds without any one of them; nothing here knows studies. */
@NullMarked
package io.afterlearner.feedback.core.clients;

import org.jspecify.annotations.NullMarked;
