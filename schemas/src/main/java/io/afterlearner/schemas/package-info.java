/** What flows between the modules: the Avro contracts, what records must hold, their encoding, and the topics. No logic of any service lives here. */
@NullMarked
package io.afterlearner.schemas;

import org.jspecify.annotations.NullMarked;
