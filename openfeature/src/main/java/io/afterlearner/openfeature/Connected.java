package io.afterlearner.openfeature;

/** A flag, and its study as this process follows it. */
record Connected(StudyFlag flag, OnlineStudy study) {}
