package io.afterlearner.evaluation.s3;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * What went wrong, in words. Messages of stores and of the library are not repeated: some have parts of requests.
 *
 * @param where the object
 * @param action the right that it needs, such as s3:GetObject
 * @param credentials where they come from
 */
record S3Failure(Object where, String action, String credentials) {
    StoreException of(SdkException e) {
        if (e instanceof StsException sts) {
            return new StoreException(
                    where + ": AWS does not grant the role in AWS_ROLE_ARN: " + answer(sts),
                    "check AWS_ROLE_ARN, its trust policy and the token in AWS_WEB_IDENTITY_TOKEN_FILE",
                    e);
        }
        return e instanceof AwsServiceException answered ? answered(answered) : unanswered(e);
    }

    private static String answer(AwsServiceException e) {
        return "status " + e.statusCode() + code(e).replaceFirst("(.+)", " ($1)");
    }

    /** Of at most 64 letters and digits; empty if there is none. */
    private static String code(AwsServiceException e) {
        String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
        return code == null || !code.matches("[A-Za-z0-9.]{1,64}") ? "" : code;
    }

    private StoreException answered(AwsServiceException e) {
        return new StoreException(where + " answers with " + answer(e), fix(code(e), e.statusCode()), e);
    }

    private String fix(String code, int status) {
        return switch (code) {
            case "NoSuchBucket" -> "check the bucket, and the store in afterlearner.s3.endpoint or AWS_ENDPOINT_URL_S3";
            case "NoSuchKey", "NoSuchVersion" -> "check the key: upper and lower case differ";
            case "InvalidAccessKeyId", "SignatureDoesNotMatch" ->
                "check " + credentials + ": these credentials are not valid there";
            case "ExpiredToken", "InvalidToken", "TokenRefreshRequired" -> "renew the session token of " + credentials;
            case "RequestTimeTooSkewed", "RequestExpired" -> "correct this machine's clock";
            case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException" ->
                "set afterlearner.s3.region or AWS_REGION to the bucket's region";
            default -> fix(status);
        };
    }

    private String fix(int status) {
        return switch (status) {
            case 301, 307 -> "set afterlearner.s3.region or AWS_REGION to the bucket's region";
            case 401, 403 -> "grant " + action + " to the credentials of " + credentials + ", or use other credentials";
            case 404 -> "check the address";
            case 429, 503 -> "the store is busy, also after " + S3Clients.MAX_ATTEMPTS + " attempts; try again later";
            default -> "check the log of the store";
        };
    }

    private StoreException unanswered(SdkException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return of("the host of the store is unknown", "check afterlearner.s3.endpoint and the region", e);
            }
            if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
                return of("the store cannot be reached", "check afterlearner.s3.endpoint or AWS_ENDPOINT_URL_S3", e);
            }
            if (cause instanceof SSLException) {
                return of(
                        "the store's certificate is not trusted",
                        "trust its authority: import it into a truststore, and name that in -Djavax.net.ssl.trustStore",
                        e);
            }
            if (isTimeout(cause)) {
                return of("the store did not answer in time", "check the store and the network", e);
            }
            if (cause instanceof IOException) {
                return of("the connection to the store broke", "try again", e);
            }
        }
        return of(
                "the credentials of " + credentials + " cannot be read, or the request cannot be signed with them",
                "check " + credentials,
                e);
    }

    private static boolean isTimeout(Throwable cause) {
        return cause instanceof SocketTimeoutException
                || cause instanceof ApiCallTimeoutException
                || cause instanceof ApiCallAttemptTimeoutException;
    }

    private StoreException of(String problem, String fix, SdkException e) {
        return new StoreException(where + ": " + problem, fix, e);
    }
}
