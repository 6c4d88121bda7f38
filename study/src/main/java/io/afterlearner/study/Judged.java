package io.afterlearner.study;

/** Where a study's candidates get their losses from: data they are scored on, or users. */
sealed interface Judged permits DataKeys, OnlineKeys {}
