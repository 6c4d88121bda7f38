/** What an application embeds to serve an online study: assigning and reporting, never in the way of a request. No HTTP, no framework. */
@NullMarked
package io.afterlearner.client;

import org.jspecify.annotations.NullMarked;
