/** HTML templates and the objects they show. */
@NullMarked
package io.afterlearner.report.page;

import org.jspecify.annotations.NullMarked;
