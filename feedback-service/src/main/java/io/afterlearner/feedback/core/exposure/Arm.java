package io.afterlearner.feedback.core.exposure;

/** Why a unit met what it met. */
public enum Arm {
    CONTROL,
    CHAMPION,
    EXPLORE
}
