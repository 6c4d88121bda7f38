package io.afterlearner.feedback.core.exposure;

/**
 * Which draws count for a measurement. While it is held, none does, in any arm: neither those drawn meanwhile nor those drawn before
 * that have not ripened yet. So arms stay comparable, and what was measured before need not be discarded.
 *
 * @param fromMillis draws before it do not count, epoch milliseconds; {@link #NEVER} while held
 * @param lostMillis time whose draws do not count because of earlier holds
 * @param lostFromMillis while held: since when draws do not count
 */
public record CountedDraws(long fromMillis, long lostMillis, long lostFromMillis) {
    private static final long NEVER = Long.MAX_VALUE;

    /** Each draw from a time on. */
    public static CountedDraws from(long millis) {
        return new CountedDraws(millis, 0, millis);
    }

    public boolean has(long drawnAtMillis) {
        return drawnAtMillis >= fromMillis;
    }

    private boolean isHeld() {
        return fromMillis == NEVER;
    }

    /** Draws of the last window have not ripened. */
    public CountedDraws held(long atMillis, long windowMillis) {
        return isHeld() ? this : new CountedDraws(NEVER, lostMillis, Math.max(fromMillis, atMillis - windowMillis));
    }

    public CountedDraws resumed(long atMillis) {
        return isHeld() ? new CountedDraws(atMillis, lostMillis + atMillis - lostFromMillis, atMillis) : this;
    }

    /** Forgets everything before a time; a hold goes on. */
    public CountedDraws restarted(long atMillis) {
        return isHeld() ? new CountedDraws(NEVER, 0, atMillis) : from(atMillis);
    }

    /** Time whose draws do not count, of all that would have ripened by now. */
    public long lostMillis(long nowMillis, long windowMillis) {
        return isHeld() ? lostMillis + Math.max(0, nowMillis - windowMillis - lostFromMillis) : lostMillis;
    }

    public CountedDraws notAfter(long nowMillis) {
        return new CountedDraws(
                isHeld() ? NEVER : Math.min(fromMillis, nowMillis), lostMillis, Math.min(lostFromMillis, nowMillis));
    }
}
