package io.afterlearner.schemas;

/** The record that reverts a study: everybody gets ℵ₀ again. */
public final class Reverts {
    private Reverts() {}

    /**
     * The study's arms with ℵ₀ as champion of all its units; nothing else changes.
     *
     * @param now the study's current arms
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
                .setPrevious(null)
                .setRampShare(1)
                .build();
    }
}
