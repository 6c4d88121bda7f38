package io.afterlearner.architecture;

import java.util.List;
import java.util.stream.Collectors;

/** What the table itself must satisfy. */
final class RoomRules {
    private RoomRules() {}

    /** Rooms that may see a higher floor, a room that is not there, another service, or, from the ground, anything. */
    static List<String> arrowsUp(List<Room> rooms) {
        var byFolder = rooms.stream().collect(Collectors.toMap(Room::folder, room -> room));
        return rooms.stream()
                .flatMap(room -> room.sees().stream()
                        .filter(seen -> !byFolder.containsKey(seen) || !allowed(room, byFolder.get(seen)))
                        .map(seen -> room.folder() + " may not see " + seen))
                .toList();
    }

    private static boolean allowed(Room from, Room to) {
        return switch (from.floor()) {
            case GROUND -> false;
            case FIRST -> to.floor().compareTo(Room.Floor.FIRST) <= 0;
            case SERVICE -> to.floor().compareTo(Room.Floor.SERVICE) < 0;
            // The CLI starts services as processes and speaks to them over topics and REST.
            case TOP -> to.floor() != Room.Floor.SERVICE;
        };
    }
}
