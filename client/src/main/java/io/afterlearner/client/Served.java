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
 * every process that has the same key of units. Immutable and thread-safe.
 *
 * <p>A unit is drawn into control, a slot of exploration, or the champion according to their shares. It keeps that for a horizon;
 * then it is drawn again, independently. So whoever meets a candidate is a fresh random sample, and what a unit contributes in one
 * horizon is one observation. A unit counts for a candidate, or for a champion, only if it was drawn after that began: units that return often
 * would be overrepresented among those that meet a change before their next draw. Until then it gets the champion, UNCOUNTED. If the
 * study slices time instead, all units of a slice get the same values.
 */
public final class Served {
    /** Most characters of a unit: it is hashed for each request and stored with each exposure. */
    public static final int MAX_UNIT_CHARACTERS = 256;

    /** The client of a slice of time. */
    private static final String EVERYBODY = "everybody";

    private record Meets(Arm arm, long number, double[] values, long sinceMillis) {

        Meets uncounted() {
            return new Meets(Arm.UNCOUNTED, number, values, sinceMillis);
        }
    }

    private record Ids(UnitKey key, AssignmentIds ids) {}

    private final Arms arms;
    private final KeyedHash where;
    private final KeyedHash which;
    private final long salt;
    private final Meets control;
    private final Meets champion;
    /** What units of the champion get that its ramp has not reached yet. */
    private final Meets previous;
    /** The champion, for a unit that was drawn before it began. */
    private final Meets fresh;
    /** Served outside of the comparison. */
    private final Meets uncounted;

    private final List<Meets> slots;
    private volatile @Nullable Ids ids;

    public Served(Arms arms) {
        this.arms = arms;
        where = KeyedHash.of(arms.getSalt() + "\n" + arms.getStudy());
        which = KeyedHash.of(arms.getSalt() + "\n" + arms.getStudy() + "\nslot");
        salt = where.hash(new byte[0]);
        control = meets(Arm.CONTROL, arms.getControl());
        champion = meets(Arm.CHAMPION, arms.getChampion());
        previous = arms.getPrevious() == null ? champion : meets(Arm.UNCOUNTED, arms.getPrevious());
        fresh = champion.uncounted();
        uncounted = previous.uncounted();
        boolean exploring = arms.getState() == ArmsState.EXPLORING;
        slots = exploring ? arms.getSlots().stream().map(this::slot).toList() : List.of();
    }

    private static Meets meets(Arm arm, ArmValues values) {
        return new Meets(
                arm,
                values.getNumber(),
                values.getValues().stream().mapToDouble(Double::doubleValue).toArray(),
                values.getSinceMillis());
    }

    private Meets slot(ArmValues values) {
        return values.getNumber() < 0 ? uncounted : meets(Arm.EXPLORE, values);
    }

    public Arms arms() {
        return arms;
    }

    /**
     * Assigns an arm to a unit.
     *
     * @param unit 1 to {@link #MAX_UNIT_CHARACTERS} characters of valid Unicode
     * @param exploring false to assign no candidates, for a caller that would not notice a revert
     * @param key draws the unit and makes the id of the assignment
     * @throws IllegalArgumentException if {@link #isUnit} is false
     */
    public Assignment assign(String unit, long nowMillis, boolean exploring, UnitKey key) {
        String problem = unitProblem(unit);
        if (problem != null) {
            throw new IllegalArgumentException("unit " + problem);
        }
        if (arms.getSliceMillis() > 0) {
            return assignSlice(nowMillis, exploring);
        }
        return arms.getHorizonMillis() > 0
                ? assignReturning(unit, nowMillis, exploring, idsWith(key))
                : assignOnce(unit, nowMillis, exploring, idsWith(key));
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
        return unitProblem(text) == null;
    }

    /** Why the text cannot be a unit, and how to fix it, after its name; null if it can. */
    public static @Nullable String unitProblem(String text) {
        if (text.isEmpty() || text.length() > MAX_UNIT_CHARACTERS) {
            return "has " + text.length() + " characters; give 1 to " + MAX_UNIT_CHARACTERS;
        }
        return EventId.isUnicode(text) ? null : "has half of a surrogate pair; give valid Unicode";
    }

    /** Draws a unit that returns, once per horizon. */
    private Assignment assignReturning(String unit, long nowMillis, boolean exploring, AssignmentIds ids) {
        byte[] bytes = unit.getBytes(StandardCharsets.UTF_8);
        long horizon = arms.getHorizonMillis();
        long turn = ids.turn(bytes, nowMillis, horizon);
        long begins = ids.beginsMillis(bytes, turn, horizon);
        // Nobody met anything before the study began.
        long drawn = Math.min(nowMillis, Math.max(begins, control.sinceMillis()));
        Meets meets = meets(ids.draw(bytes, turn, salt), drawn, exploring);
        long window = arms.getWindowMillis();
        // The observation of a long horizon is complete one window after its end.
        long expires = horizon > window ? begins + horizon + window : nowMillis + window;
        return assignment(unit, ids.id(bytes, meets.arm(), meets.number(), turn), meets, nowMillis, expires, drawn);
    }

    /** How long after an assignment a report can count at most. */
    public static long longestOpenMillis(Arms arms) {
        long horizon = arms.getHorizonMillis();
        return horizon > arms.getWindowMillis() ? horizon + arms.getWindowMillis() : arms.getWindowMillis();
    }

    /** Draws a unit that does not return. */
    private Assignment assignOnce(String unit, long nowMillis, boolean exploring, AssignmentIds ids) {
        byte[] bytes = unit.getBytes(StandardCharsets.UTF_8);
        long window = arms.getWindowMillis();
        // It is drawn from these arms, whatever the clock of this process says.
        long drawn = Math.max(nowMillis, arms.getAtMillis());
        Meets meets = meets(ids.draw(bytes, 0, salt), drawn, exploring);
        String id = ids.id(bytes, meets.arm(), meets.number(), ids.turn(bytes, nowMillis, window));
        return assignment(unit, id, meets, nowMillis, nowMillis + window, drawn);
    }

    /**
     * Assigns an arm to the slice of that time: one assignment for all units, from the beginning of the slice to one window after
     * its end. Only for a study that slices time. No unit is in its id, so it needs no key.
     */
    public Assignment assignSlice(long atMillis, boolean exploring) {
        long beginMillis = atMillis - atMillis % arms.getSliceMillis();
        String unit = "slice " + beginMillis / arms.getSliceMillis();
        byte[] bytes = unit.getBytes(StandardCharsets.UTF_8);
        double share = (where.hash(bytes) >>> 11) * 0x1p-53;
        Meets meets = meets(share, Math.max(beginMillis, control.sinceMillis()), exploring);
        String id = new AssignmentIds(where, which).id(bytes, meets.arm(), meets.number(), 0);
        long end = beginMillis + arms.getSliceMillis();
        return assignment(unit, id, meets, beginMillis, end + arms.getWindowMillis(), beginMillis)
                .askedBy(EVERYBODY);
    }

    private Assignment assignment(
            String unit, String id, Meets meets, long atMillis, long expiresAtMillis, long drawnAtMillis) {
        return new Assignment(
                arms.getStudy(),
                id,
                unit,
                meets.arm(),
                meets.number(),
                meets.values(),
                atMillis,
                expiresAtMillis,
                drawnAtMillis,
                arms.getIncarnation(),
                "");
    }

    private Meets meets(double share, long drawnAtMillis, boolean exploring) {
        double explored = (share - arms.getControlShare()) / arms.getExploreShare();
        if (explored < 0) {
            return control;
        }
        if (explored >= 1) {
            return championOf(share, drawnAtMillis);
        }
        Meets slot = exploring && !slots.isEmpty() ? slots.get((int) (explored * slots.size())) : uncounted;
        return slot.sinceMillis() <= drawnAtMillis ? slot : uncounted;
    }

    private Meets championOf(double share, long drawnAtMillis) {
        double others = arms.getControlShare() + arms.getExploreShare();
        boolean reached = (share - others) / (1 - others) < arms.getRampShare();
        if (!reached) {
            return previous;
        }
        return champion.sinceMillis() <= drawnAtMillis ? champion : fresh;
    }
}
