package io.afterlearner.http;

import io.afterlearner.access.settings.Setting;
import io.afterlearner.access.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The settings of this module. Roles of OIDC tokens are any text. */
public final class HttpSettings implements Settings {
    private static final long MAX_BODY_BYTES = 1L << 30;
    private static final long MAX_BUFFERED_BYTES = 1L << 40;

    @Override
    public List<Setting> all() {
        return List.of(
                Setting.whole(RequestGate.CLIENT_REQUESTS, 0, Integer.MAX_VALUE),
                Setting.whole(RequestGate.MAX_BODY_BYTES, 1, MAX_BODY_BYTES),
                Setting.whole(RequestGate.MAX_BUFFERED_BYTES, 1, MAX_BUFFERED_BYTES),
                Setting.duration(RequestGate.BODY_TIMEOUT, Duration.ofMillis(1), Duration.ofHours(1)),
                Setting.text(
                        Origins.SETTING,
                        "give origins such as https://shop.example, or regular expressions between slashes, separated"
                                + " by commas",
                        value -> Arrays.stream(value.split(","))
                                .map(String::strip)
                                .allMatch(HttpSettings::isOrigin)),
                Setting.text(OidcRoles.STUDIES_CLAIM));
    }

    private static boolean isOrigin(String text) {
        if (text.startsWith("/") || text.equals("*")) {
            return true;
        }
        URI uri = URI.create(text);
        return uri.getScheme() != null
                && uri.getHost() != null
                && uri.getRawPath().isEmpty();
    }
}
