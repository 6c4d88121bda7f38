package io.afterlearner.http;

/**
 * Why a request is refused before a resource sees it.
 *
 * @param detail one line: what is wrong, how to fix it
 * @param retryAfterSeconds after how long to retry; 0 if a retry does not help
 */
record Refused(int status, String detail, int retryAfterSeconds) {
    static Refused of(int status, String detail) {
        return new Refused(status, detail, 0);
    }
}
