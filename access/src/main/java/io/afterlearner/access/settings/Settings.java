package io.afterlearner.access.settings;

import java.util.List;

/**
 * The settings that a module reads. Each module that reads some names its own in
 * {@code META-INF/services/io.afterlearner.access.settings.Settings}; a test finds those that nobody names.
 */
public interface Settings {
    List<Setting> all();
}
