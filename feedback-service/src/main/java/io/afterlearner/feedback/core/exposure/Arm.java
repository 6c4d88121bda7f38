package io.afterlearner.feedback.core.exposure;

/** The arms that units are assigned to. */
public enum Arm {
    CONTROL,
    CHAMPION,
    EXPLORE
}
