package io.afterlearner.local.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as bytes.
 *
 * @param pieces how many parts it is sent in, slowly
 * @param whole whether it is a whole request in HTTP's syntax, which a server has to answer
 * @param study the study that exists if the request is accepted; deleted afterwards
 */
record HttpInput(
        List<String> kinds,
        FuzzedServices.Service service,
        byte[] request,
        int pieces,
        boolean whole,
        @Nullable String study)
        implements Input {
    private static final int MAX_SHOWN_CHARACTERS = 600;
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int SHORT_PATIENCE_MILLIS = 300;

    @Override
    public void send(FuzzedServices services) throws Exception {
        RawHttp.Answer answer = RawHttp.exchange(
                services.port(service), request, pieces, whole ? PATIENCE_MILLIS : SHORT_PATIENCE_MILLIS);
        services.findings().count("HTTP status " + answer.status());
        if (isBad(answer)) {
            services.findings().add("HTTP " + answer.status() + " for " + this + ": " + shown(answer.text()));
        }
        if (study != null && answer.status() / 100 == 2) {
            services.delete(study);
        }
    }

    private boolean isBad(RawHttp.Answer answer) {
        // 501 and 505 are for methods and versions that HTTP does not know. Arms that nobody judges have no standing
        // here.
        boolean failed =
                answer.status() >= 500 && answer.status() != 501 && answer.status() != 505 && !isElsewhere(answer);
        return failed || (whole && answer.status() == RawHttp.SILENT);
    }

    private boolean isElsewhere(RawHttp.Answer answer) {
        return answer.status() == 503
                && new String(request, StandardCharsets.ISO_8859_1)
                        .lines()
                        .findFirst()
                        .orElse("")
                        .contains("/standing");
    }

    @Override
    public String toString() {
        return kinds + " to " + service + ", " + request.length + " bytes: "
                + shown(new String(request, StandardCharsets.ISO_8859_1));
    }

    private static String shown(String text) {
        String start = text.substring(0, Math.min(text.length(), MAX_SHOWN_CHARACTERS));
        return start.replaceAll("\\R", "⏎").replaceAll("\\p{Cntrl}", "␀");
    }
}
