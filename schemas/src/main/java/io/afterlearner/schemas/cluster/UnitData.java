package io.afterlearner.schemas.cluster;

/** What the records of a topic have about a unit: a user, a session or a request of an online study. */
public enum UnitData {
    /** Nothing. */
    NONE,
    /** Its pseudonym, the arm and candidate that it got, and when. */
    PSEUDONYM,
    /** The id of an assignment, which is made by a keyed hash of the unit, and what was reported. */
    ASSIGNMENT,
    /** Records of other topics, as they are: whatever those have. */
    ORIGINAL
}
