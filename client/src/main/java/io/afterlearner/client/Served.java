package io.afterlearner.client;

import io.afterlearner.schemas.Arm;
import io.afterlearner.schemas.ArmValues;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsState;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Assigns arms to units according to one {@link Arms} record. Pure: the same unit at the same time gets the same answer in
 * every process. Immutable and thread-safe.
 *
 * <p>The hash of a unit falls into control, exploration or champion according to their shares; an exploring unit always
 * belongs to the same slot. If the study slices time instead, all units of a slice get the same values.
 */
public final class Served {
    /** Most characters of a unit: it is hashed for each request and stored with each exposure. */
    public static final int MAX_UNIT_CHARACTERS = 256;

    private record Meets(Arm arm, long number, double[] values) {}

    private final Arms arms;
    private final KeyedHash where;
    private final KeyedHash which;
    private final Meets control;
    private final Meets champion;
    private final List<Meets> slots;

    public Served(Arms arms) {
        this.arms = arms;
        where = KeyedHash.of(arms.getSalt() + "\n" + arms.getStudy());
        which = KeyedHash.of(arms.getSalt() + "\n" + arms.getStudy() + "\nslot");
        control = meets(Arm.CONTROL, arms.getControl());
        champion = meets(Arm.CHAMPION, arms.getChampion());
        boolean exploring = arms.getState() == ArmsState.EXPLORING;
        slots = exploring ? arms.getSlots().stream().map(this::slot).toList() : List.of();
    }

    private static Meets meets(Arm arm, ArmValues values) {
        return new Meets(
                arm,
                values.getNumber(),
                values.getValues().stream().mapToDouble(Double::doubleValue).toArray());
    }

    private Meets slot(ArmValues values) {
        return values.getNumber() < 0 ? champion : meets(Arm.EXPLORE, values);
    }

    public Arms arms() {
        return arms;
    }

    /**
     * Assigns an arm to a unit.
     *
     * @param unit 1 to {@link #MAX_UNIT_CHARACTERS} characters of valid Unicode
     * @param exploring false to assign no candidates, for a caller that would not notice a revert
     * @throws IllegalArgumentException if {@link #isUnit} is false
     */
    public Assignment assign(String unit, long nowMillis, boolean exploring) {
        if (!isUnit(unit)) {
            throw new IllegalArgumentException("unit has " + unit.length() + " characters"
                    + (EventId.isUnicode(unit) ? "" : " and half of a surrogate pair") + "; give 1 to "
                    + MAX_UNIT_CHARACTERS + " of valid Unicode");
        }
        return arms.getSliceMillis() > 0
                ? assignSlice(nowMillis - nowMillis % arms.getSliceMillis(), exploring)
                : assignUnit(unit, nowMillis, exploring);
    }

    /** Whether the text can be a unit: UTF-8 carries it, and it is neither empty nor too long. */
    public static boolean isUnit(String text) {
        return !text.isEmpty() && text.length() <= MAX_UNIT_CHARACTERS && EventId.isUnicode(text);
    }

    private Assignment assignUnit(String unit, long nowMillis, boolean exploring) {
        byte[] bytes = unit.getBytes(StandardCharsets.UTF_8);
        long hash = where.hash(bytes);
        long window = arms.getWindowMillis();
        // Each unit has its own window boundaries; otherwise all windows would end at the same time.
        long turn = (nowMillis + Math.floorMod(hash, window)) / window;
        return assignment(unit, bytes, hash, turn, exploring, nowMillis, nowMillis + window);
    }

    /** One assignment for all units, from the beginning of the slice to one window after its end. */
    private Assignment assignSlice(long beginMillis, boolean exploring) {
        String unit = "slice " + beginMillis / arms.getSliceMillis();
        byte[] bytes = unit.getBytes(StandardCharsets.UTF_8);
        long end = beginMillis + arms.getSliceMillis();
        return assignment(unit, bytes, where.hash(bytes), 0, exploring, beginMillis, end + arms.getWindowMillis());
    }

    private Assignment assignment(
            String unit, byte[] bytes, long hash, long turn, boolean exploring, long atMillis, long expiresAtMillis) {
        Meets meets = meets(hash, bytes, exploring);
        return new Assignment(
                arms.getStudy(),
                id(hash, which.hash(bytes), meets, turn),
                unit,
                meets.arm(),
                meets.number(),
                meets.values(),
                atMillis,
                expiresAtMillis,
                arms.getIncarnation());
    }

    private Meets meets(long hash, byte[] unit, boolean exploring) {
        double share = (hash >>> 11) * 0x1p-53;
        if (share < arms.getControlShare()) {
            return control;
        }
        if (!exploring || slots.isEmpty() || share >= arms.getControlShare() + arms.getExploreShare()) {
            return champion;
        }
        return slots.get((int) Long.remainderUnsigned(which.hash(unit), slots.size()));
    }

    /** 128 bits of the unit, its arm and its window: different assignments have different ids. */
    private static String id(long hash, long other, Meets meets, long turn) {
        long mixed = new KeyedHash(hash, other).hash(new byte[] {ArmCode.of(meets.arm())});
        long tied = mixed ^ Long.rotateLeft(meets.number() * 0x9E3779B97F4A7C15L, 17) ^ (turn * 0xC2B2AE3D27D4EB4FL);
        return Long.toHexString(hash) + "-" + Long.toHexString(tied);
    }
}
