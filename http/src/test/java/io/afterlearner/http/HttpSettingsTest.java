package io.afterlearner.http;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.afterlearner.access.settings.Setting;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HttpSettingsTest {
    private static @Nullable String problem(String name, String value) {
        Map<String, Setting> all =
                new HttpSettings().all().stream().collect(Collectors.toMap(Setting::name, Function.identity()));
        Setting setting = all.get(name);
        assertNotNull(setting, name);
        return setting.problem(value);
    }

    @Test
    void anOriginThatNoPageHasIsRefused() {
        for (String right :
                new String[] {"", "https://shop.example", "http://a:81, https://b", "/https://.*\\.a/", "*"}) {
            assertNull(problem("afterlearner.http.origins", right), right);
        }
        for (String wrong : new String[] {"shop.example", "https://shop.example/page", "https:", "a b"}) {
            assertNotNull(problem("afterlearner.http.origins", wrong), wrong);
        }
    }

    @Test
    void aBodyOfNegativeLengthIsNoLimit() {
        assertNotNull(problem("afterlearner.http.max-body-bytes", "-1"));
        assertNull(problem("afterlearner.http.max-body-bytes", "1048576"));
    }
}
