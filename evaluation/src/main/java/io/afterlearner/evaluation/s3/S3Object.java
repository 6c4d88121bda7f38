package io.afterlearner.evaluation.s3;

import java.io.Closeable;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** An object that is being read. */
public final class S3Object implements Closeable {
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-.*");

    private final ResponseInputStream<GetObjectResponse> stream;

    S3Object(ResponseInputStream<GetObjectResponse> stream) {
        this.stream = stream;
    }

    public InputStream body() {
        return stream;
    }

    /** Where the body begins. */
    public long fromBytes() {
        String range = stream.response().contentRange();
        Matcher begin = RANGE.matcher(range == null ? "" : range);
        return begin.matches() ? Long.parseLong(begin.group(1)) : 0;
    }

    /** Of the body; -1 if the store does not say it. */
    public long lengthBytes() {
        Long length = stream.response().contentLength();
        return length == null ? -1 : length;
    }

    /** Hangs up: the rest of the body is not read. */
    @Override
    public void close() {
        stream.abort();
    }
}
