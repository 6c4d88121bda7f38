package io.afterlearner.http;

import java.util.Map;

/** Messages for requests that Quarkus itself refuses, by status. */
final class FrameworkAnswers {
    static final Map<Integer, String> BY_STATUS = Map.of(
            400, "the request is malformed; check its path, its headers and their encoding",
            404, "there is no such resource; GET /q/openapi lists the resources",
            405, "the resource does not have this method; GET /q/openapi lists its methods",
            406, "the answer is application/json; change the Accept header",
            415, "the resource does not accept this Content-Type; send application/json");

    private FrameworkAnswers() {}
}
