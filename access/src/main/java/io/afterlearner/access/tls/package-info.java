/** The certificates and keys with which a service serves HTTPS: what is wrong with their files. */
@NullMarked
package io.afterlearner.access.tls;

import org.jspecify.annotations.NullMarked;
