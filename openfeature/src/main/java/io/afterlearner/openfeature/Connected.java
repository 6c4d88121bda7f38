package io.afterlearner.openfeature;

import io.afterlearner.schemas.Arms;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A flag, and its study as this process follows it. Thread-safe. */
final class Connected {
    private record Checked(@Nullable Arms arms, String problem) {}

    private final StudyFlag flag;
    private final OnlineStudy study;
    private volatile Checked checked = new Checked(null, "");

    Connected(StudyFlag flag, OnlineStudy study) {
        this.flag = flag;
        this.study = study;
    }

    StudyFlag flag() {
        return flag;
    }

    OnlineStudy study() {
        return study;
    }

    /** Why the flag does not describe its study, and how to fix it; empty if it does, or if the study is not known. */
    String problem() {
        Arms now = study.arms().orElse(null);
        Checked latest = checked;
        if (!Objects.equals(now, latest.arms())) {
            latest = new Checked(now, now == null ? "" : flag.problem(now));
            checked = latest;
        }
        return latest.problem();
    }
}
