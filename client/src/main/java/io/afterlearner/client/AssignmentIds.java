package io.afterlearner.client;

import io.afterlearner.schemas.Arm;

/** Makes the ids of assignments from units, by two independent hashes. */
record AssignmentIds(KeyedHash first, KeyedHash second) {

    /**
     * Counts the windows of a unit. Each unit has its own window boundaries, because otherwise all windows would end at the same time.
     * They come from the same hash as ids: from a hash that others can compute, they would tell whose exposures these are.
     */
    long turn(byte[] unit, long nowMillis, long windowMillis) {
        return (nowMillis + Math.floorMod(first.hash(unit), windowMillis)) / windowMillis;
    }

    /** 128 bits of the unit, its arm and its window: different assignments have different ids. */
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
