package io.afterlearner.access;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hides user and password in addresses that libraries log, such as that of the OIDC provider while it is away: in messages, their
 * parameters, and exceptions with all their causes.
 */
@LoggingFilter(name = "logins")
public final class LoginFilter implements Filter {
    private static final Pattern LOGIN = Pattern.compile("://[^\\s/@]*:[^\\s/@]*@");
    private static final String HIDDEN = "://[hidden]@";

    /** Lets every record pass, and changes those that have a login. */
    @Override
    public boolean isLoggable(LogRecord entry) {
        String message = entry.getMessage();
        if (message != null && hasLogin(message)) {
            entry.setMessage(hidden(message));
        }
        Object[] parameters = entry.getParameters();
        if (parameters != null && Stream.of(parameters).anyMatch(LoginFilter::isAddress)) {
            entry.setParameters(Stream.of(parameters)
                    .map(each -> isAddress(each) ? hidden(String.valueOf(each)) : each)
                    .toArray());
        }
        Throwable thrown = entry.getThrown();
        if (thrown != null) {
            entry.setThrown(ShownException.of(thrown));
        }
        return true;
    }

    /** Numbers and times are not made text, because a format may need them as they are. */
    private static boolean isAddress(@Nullable Object parameter) {
        return parameter != null && !(parameter instanceof Number) && hasLogin(String.valueOf(parameter));
    }

    static boolean hasLogin(String text) {
        return text.contains("://") && LOGIN.matcher(text).find();
    }

    static String hidden(String text) {
        return LOGIN.matcher(text).replaceAll(HIDDEN);
    }
}
