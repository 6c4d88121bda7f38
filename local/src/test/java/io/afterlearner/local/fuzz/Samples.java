package io.afterlearner.local.fuzz;

import java.util.List;

/**
 * What valid requests and records look like.
 *
 * @param studies valid studies, which only reads may name
 * @param search spec of a small study that is scored on data, as JSON
 * @param online spec of a small online study, as JSON
 * @param uncounted an online study of which nothing is checked
 * @param token of an assignment in it
 */
record Samples(List<String> studies, String search, String online, String uncounted, String token) {}
