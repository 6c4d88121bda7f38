package io.afterlearner.client;

import io.afterlearner.schemas.Arm;
import io.afterlearner.schemas.ArmValues;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Assigns arms to units according to one {@link Arms} record. Pure: the same unit at the same time gets the same answer in
 * every process. Immutable and thread-safe.
 *
 * <p>The hash of a unit falls into control, exploration or champion according to their shares; an exploring unit always
 * belongs to the same slot. If the study slices time instead, all units of a slice get the same values. The arm does not depend on
 * the key of units, so a new key changes no arm.
 */
public final class Served {
    /** Most characters of a unit: it is hashed for each request and stored with each exposure. */
    public static final int MAX_UNIT_CHARACTERS = 256;

    private record Meets(Arm arm, long number, double[] values) {}

    private record Ids(UnitKey key, AssignmentIds ids) {}

    private final Arms arms;
    private final KeyedHash where;
    private final KeyedHash which;
    private final Meets control;
    private final Meets champion;
    private final List<Meets> slots;
    private volatile @Nullable Ids ids;

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
     * @param key makes the id of the assignment, but has no influence on the arm
     * @throws IllegalArgumentException if {@link #isUnit} is false
     */
    public Assignment assign(String unit, long nowMillis, boolean exploring, UnitKey key) {
        if (!isUnit(unit)) {
            throw new IllegalArgumentException("unit has " + unit.length() + " characters"
                    + (EventId.isUnicode(unit) ? "" : " and half of a surrogate pair") + "; give 1 to "
                    + MAX_UNIT_CHARACTERS + " of valid Unicode");
        }
        return arms.getSliceMillis() > 0
                ? assignSlice(nowMillis, exploring)
                : assignUnit(unit, nowMillis, exploring, idsWith(key));
    }

    private AssignmentIds idsWith(UnitKey key) {
        Ids latest = ids;
        if (latest == null || latest.key() != key) {
            latest = new Ids(key, key.assignmentIds(arms.getStudy()));
            ids = latest;
        }
        return latest.ids();
    }

    /** Whether the text can be a unit: UTF-8 carries it, and it is neither empty nor too long. */
    public static boolean isUnit(String text) {
        return !text.isEmpty() && text.length() <= MAX_UNIT_CHARACTERS && EventId.isUnicode(text);
    }

    private Assignment assignUnit(String unit, long nowMillis, boolean exploring, AssignmentIds ids) {
        byte[] bytes = unit.getBytes(StandardCharsets.UTF_8);
        long window = arms.getWindowMillis();
        Meets meets = meets(where.hash(bytes), bytes, exploring);
        String id = ids.id(bytes, meets.arm(), meets.number(), ids.turn(bytes, nowMillis, window));
        return assignment(unit, id, meets, nowMillis, nowMillis + window);
    }

    /**
     * Assigns an arm to the slice of that time: one assignment for all units, from the beginning of the slice to one window after
     * its end. Only for a study that slices time. No unit is in its id, so it needs no key.
     */
    public Assignment assignSlice(long atMillis, boolean exploring) {
        long beginMillis = atMillis - atMillis % arms.getSliceMillis();
        String unit = "slice " + beginMillis / arms.getSliceMillis();
        byte[] bytes = unit.getBytes(StandardCharsets.UTF_8);
        Meets meets = meets(where.hash(bytes), bytes, exploring);
        String id = new AssignmentIds(where, which).id(bytes, meets.arm(), meets.number(), 0);
        long end = beginMillis + arms.getSliceMillis();
        return assignment(unit, id, meets, beginMillis, end + arms.getWindowMillis());
    }

    private Assignment assignment(String unit, String id, Meets meets, long atMillis, long expiresAtMillis) {
        return new Assignment(
                arms.getStudy(),
                id,
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
}
