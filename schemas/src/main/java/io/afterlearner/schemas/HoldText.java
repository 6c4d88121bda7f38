package io.afterlearner.schemas;

/** What reasons in the audit log say about holds of exploration. */
public final class HoldText {
    /** In the reason of an alarm that ends by itself, so that nobody is told to resume the study. */
    public static final String HELD_UNTIL = "exploration is held until";

    private HoldText() {}

    /** Whether an alarm with this reason ends by itself. */
    public static boolean endsByItself(String reason) {
        return reason.contains(HELD_UNTIL);
    }
}
