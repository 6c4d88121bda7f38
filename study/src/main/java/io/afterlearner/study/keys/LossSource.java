package io.afterlearner.study.keys;

/** Where a study's candidates get their losses from: data they are scored on, or users. */
public sealed interface LossSource permits DataKeys, OnlineKeys {}
