package io.afterlearner.operator.services;

/** A service did not do what it was asked. */
public final class ServiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What helps. */
    public enum Kind {
        /** It does not answer, or is not ready: time, or a person who looks at it. */
        UNREACHABLE,
        /** It does not accept the operator's key: a person who replaces it. */
        UNAUTHORIZED,
        /** What was asked cannot be done, for the reason in the message. */
        REFUSED
    }

    private final Kind kind;

    ServiceException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** The message, which is never null. */
    public String problem() {
        return String.valueOf(getMessage());
    }

    public boolean isRefusal() {
        return kind == Kind.REFUSED;
    }
}
