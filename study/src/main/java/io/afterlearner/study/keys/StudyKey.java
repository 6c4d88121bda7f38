package io.afterlearner.study.keys;

/**
 * One key of study.yaml.
 *
 * @param path such as {@code optimizer.budget}; {@code []} stands for any item of a list
 * @param type of the value, in words
 * @param value the default, with exceptions in parentheses; an example if there is no default
 * @param range the accepted values; empty if all of the type are
 * @param description what the key does, in one sentence
 * @param field path of the StudySpec field that has the value; empty in the table if it is the same path
 */
public record StudyKey(
        String path, String type, Presence presence, String value, String range, String description, String field) {

    public enum Presence {
        /** Its mapping must have it. */
        REQUIRED,
        /** It may be omitted; some keys are required beside others, which the range says. */
        OPTIONAL,
        /** Omitting it is the same as giving the value. */
        DEFAULT
    }

    public StudyKey {
        field = field.isEmpty() ? path : field;
    }

    /** The last step of its path. */
    public String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** The path of its mapping; empty for the document. */
    String section() {
        return path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
    }
}
