/** The keys of a study.yaml: one table of them, and the classes that parse them; no model and no data is opened here. */
@NullMarked
package io.afterlearner.study.keys;

import org.jspecify.annotations.NullMarked;
