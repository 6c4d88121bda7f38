/** Pages and files of the online demo; draws with what {@code report} offers. */
@NullMarked
package io.afterlearner.demo.report;

import org.jspecify.annotations.NullMarked;
