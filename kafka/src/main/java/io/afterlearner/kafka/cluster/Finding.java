package io.afterlearner.kafka.cluster;

/**
 * Something on the cluster that is not as AfterLearner needs it.
 *
 * @param subject name of the topic or share group
 * @param isWrong false for a warning
 * @param problem what is wrong and why it matters
 * @param fix what to do
 */
public record Finding(String subject, boolean isWrong, String problem, String fix) {
    static Finding wrong(String subject, String problem, String fix) {
        return new Finding(subject, true, problem, fix);
    }

    static Finding warning(String subject, String problem, String fix) {
        return new Finding(subject, false, problem, fix);
    }

    /** One line. */
    @Override
    public String toString() {
        return subject + ": " + problem + "; " + fix;
    }
}
