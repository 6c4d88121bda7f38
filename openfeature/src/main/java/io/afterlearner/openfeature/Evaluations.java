package io.afterlearner.openfeature;

import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.Reason;
import io.afterlearner.client.Assignment;
import io.afterlearner.client.Served;
import io.afterlearner.schemas.Arm;

/** What an evaluation answers. */
final class Evaluations {
    /** A reason of OpenFeature's specification that the SDK has no constant for. */
    private static final String STALE = "STALE";

    private Evaluations() {}

    static <T> ProviderEvaluation<T> served(T value, Assignment got, OnlineStudy study) {
        return ProviderEvaluation.<T>builder()
                .value(value)
                .variant(Long.toString(got.number()))
                .reason(reason(got, study))
                .flagMetadata(ImmutableMetadata.builder()
                        .addString("study", got.study())
                        .addString("arm", got.arm().name())
                        .addLong("candidate", got.number())
                        .addString("token", study.token(got))
                        .build())
                .build();
    }

    private static String reason(Assignment got, OnlineStudy study) {
        if (got.arm() == Arm.UNKNOWN) {
            return Reason.DEFAULT.toString();
        }
        return study.isCurrent() ? Reason.SPLIT.toString() : STALE;
    }

    static <T> ProviderEvaluation<T> noUnit(T defaultValue, String unit) {
        return unit.isEmpty()
                ? failed(
                        defaultValue,
                        ErrorCode.TARGETING_KEY_MISSING,
                        "the context has no targeting key; set it to the user, session or request")
                : failed(defaultValue, ErrorCode.INVALID_CONTEXT, "the targeting key " + Served.unitProblem(unit));
    }

    static <T> ProviderEvaluation<T> otherGroups(T defaultValue, Connected of, Assignment got) {
        StudyFlag flag = of.flag();
        String problem = of.problem();
        return failed(
                defaultValue,
                ErrorCode.PARSE_ERROR,
                !problem.isEmpty()
                        ? problem
                        : "study " + got.study() + " serves " + got.values().length + " values, and the flag describes "
                                + flag.shipped().length + " or has other choices; describe the study's aleph");
    }

    static <T> ProviderEvaluation<T> failed(T defaultValue, ErrorCode code, String problem) {
        return ProviderEvaluation.<T>builder()
                .value(defaultValue)
                .reason(Reason.ERROR.toString())
                .errorCode(code)
                .errorMessage(problem)
                .build();
    }
}
