package io.afterlearner.schemas;

/** The one record that takes everybody back to ℵ₀. */
public final class Reverts {
    private Reverts() {}

    /**
     * Everybody gets ℵ₀ from then on; nothing else is changed.
     *
     * @param now the study's arms as they are
     * @param by who reverts
     * @param atMillis epoch milliseconds
     */
    public static Arms revert(Arms now, String by, String reason, long atMillis) {
        ArmValues control =
                ArmValues.newBuilder(now.getControl()).setSinceMillis(atMillis).build();
        return Arms.newBuilder(now)
                .setRevision(now.getRevision() + 1)
                .setAtMillis(atMillis)
                .setBy(by)
                .setReason(reason)
                .setState(ArmsState.REVERTED)
                .setChampion(control)
                .build();
    }
}
