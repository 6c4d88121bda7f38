/** What an application relies on, most of it without a broker. */
@NullMarked
package io.afterlearner.client;

import org.jspecify.annotations.NullMarked;
