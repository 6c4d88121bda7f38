package io.afterlearner.client;

import io.afterlearner.schemas.Arm;

/** An arm as one byte: a letter that does not depend on the order of the enum. */
final class ArmCode {

    private ArmCode() {}

    static byte of(Arm arm) {
        return (byte)
                switch (arm) {
                    case CONTROL -> 'c';
                    case CHAMPION -> 'h';
                    case EXPLORE -> 'e';
                    case UNCOUNTED -> 'x';
                    case UNKNOWN -> 'u';
                };
    }

    static Arm arm(byte code) {
        return switch (code) {
            case 'c' -> Arm.CONTROL;
            case 'h' -> Arm.CHAMPION;
            case 'e' -> Arm.EXPLORE;
            case 'x' -> Arm.UNCOUNTED;
            default -> Arm.UNKNOWN;
        };
    }
}
