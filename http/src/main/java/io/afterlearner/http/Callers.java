package io.afterlearner.http;

import io.afterlearner.access.Caller;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Who sends the current request. */
@ApplicationScoped
public class Callers {
    private final CurrentIdentityAssociation current;

    Callers(CurrentIdentityAssociation current) {
        this.current = current;
    }

    /** As {@link Caller#by}, for a request that may not say who sent it. */
    public String by(@Nullable String claimed, String otherwise) {
        return caller().by(claimed, otherwise);
    }

    /** Whether the caller may use the study. */
    public boolean mayUse(String study) {
        return caller().studies().match(study);
    }

    /** Throws a 403 problem unless the caller may use the study. */
    public void require(String study) {
        if (!mayUse(study)) {
            throw Problem.exception(403, otherStudy(study));
        }
    }

    /** Why a study that the caller may not use is refused. */
    public static String otherStudy(String study) {
        return "your key or token is not for study " + Problem.shown(study) + "; use one whose studies include it";
    }

    /** The authenticated name; {@code anyone} without authentication. */
    public String name() {
        Caller caller = caller();
        return caller.isAuthenticated() ? caller.name() : "anyone";
    }

    private Caller caller() {
        return Caller.of(current.getIdentity());
    }
}
