/** YAML nodes that know their line and path, read strictly; no key of a study.yaml is known here. */
@NullMarked
package io.afterlearner.study.yaml;

import org.jspecify.annotations.NullMarked;
