package io.afterlearner.access;

import io.afterlearner.access.settings.Setting;
import io.afterlearner.access.settings.Settings;
import java.time.Duration;
import java.util.List;

/** The settings of this module. */
public final class AccessSettings implements Settings {
    @Override
    public List<Setting> all() {
        return List.of(
                Setting.text(Protection.KEYS_FILE),
                Setting.duration(Access.KEYS_RELOAD, Duration.ofMillis(10), Duration.ofHours(24)),
                Setting.choice(Protection.AUTHENTICATION, Protection.AUTO, Protection.NONE),
                Setting.text(Protection.PROTECTED_BY),
                Setting.flag(Protection.HEALTH_ONLY),
                Setting.choice(PathRules.METRICS, Roles.VIEWER, PathRules.OPEN),
                Setting.whole(CallerRates.SETTING, 0, Integer.MAX_VALUE));
    }
}
