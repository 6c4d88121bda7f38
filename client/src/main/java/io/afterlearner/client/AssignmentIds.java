package io.afterlearner.client;

import io.afterlearner.schemas.Arm;
import java.nio.ByteBuffer;

/** Makes the ids of assignments from units, by two independent hashes. */
record AssignmentIds(KeyedHash first, KeyedHash second) {

    /**
     * Counts the turns of a unit. Each unit has its own boundaries, because otherwise all turns would end at the same time.
     * They come from the same hash as ids: from a hash that others can compute, they would tell whose exposures these are.
     */
    long turn(byte[] unit, long nowMillis, long turnMillis) {
        return (nowMillis + Math.floorMod(first.hash(unit), turnMillis)) / turnMillis;
    }

    /** When a turn of a unit begins, epoch milliseconds. */
    long beginsMillis(byte[] unit, long turn, long turnMillis) {
        return turn * turnMillis - Math.floorMod(first.hash(unit), turnMillis);
    }

    /**
     * Draws a unit, anew in each turn: uniform in [0, 1), and independent of other turns, units and salts. Only who has the key of
     * units can repeat it: else the arms that a pseudonym got would tell whose it is.
     */
    double draw(byte[] unit, long turn, long salt) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(turn).array();
        long hash = new KeyedHash(first.hash(unit) ^ salt, ~second.hash(unit)).hash(bytes);
        return (hash >>> 11) * 0x1p-53;
    }

    /** 128 bits of the unit, its arm and its turn: different assignments have different ids. */
    String id(byte[] unit, Arm arm, long number, long turn) {
        long hash = first.hash(unit);
        long mixed = new KeyedHash(hash, second.hash(unit)).hash(new byte[] {ArmCode.of(arm)});
        long tied = mixed ^ Long.rotateLeft(number * 0x9E3779B97F4A7C15L, 17) ^ (turn * 0xC2B2AE3D27D4EB4FL);
        return prefix(hash) + Long.toHexString(tied);
    }

    /** The part of an id that depends on the unit alone. */
    String prefix(byte[] unit) {
        return prefix(first.hash(unit));
    }

    private static String prefix(long hash) {
        return Long.toHexString(hash) + "-";
    }
}
