package io.afterlearner.evaluation.fetch;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/** Addresses, times and sizes in messages. */
final class Shown {
    private Shown() {}

    /** Without user and query, which may hold a password or a signature. */
    static String of(URI uri) {
        if ("s3".equalsIgnoreCase(uri.getScheme()) && uri.getRawAuthority() != null) {
            return "s3://" + uri.getRawAuthority().replaceFirst(".*@", "") + uri.getRawPath();
        }
        if (uri.getHost() == null) {
            return uri.getScheme() == null ? String.valueOf(uri.getPath()) : uri.getScheme() + ":";
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String query = uri.getRawQuery() == null ? "" : "?…";
        return uri.getScheme() + "://" + uri.getHost() + port + uri.getRawPath() + query;
    }

    static String of(Duration time) {
        return time.toMillis() < 10_000 ? time.toMillis() + " ms" : time.toSeconds() + " s";
    }

    static String bytes(long bytes) {
        return bytes < 1_000_000 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
