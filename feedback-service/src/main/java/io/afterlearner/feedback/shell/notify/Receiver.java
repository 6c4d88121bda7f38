package io.afterlearner.feedback.shell.notify;

import java.net.URI;
import java.util.Set;

/**
 * A webhook of the operator.
 *
 * @param address may hold a secret, so it is never shown
 * @param studies names or ids of studies; empty for all
 */
record Receiver(String name, Format format, URI address, Set<String> studies) {

    /** The body of a request. */
    enum Format {
        /** A CloudEvent in structured mode. */
        CLOUDEVENTS("application/cloudevents+json"),
        /** A message as Slack's incoming webhooks take it, and Mattermost's, Rocket.Chat's and others like them. */
        SLACK("application/json");

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        String mediaType() {
            return mediaType;
        }
    }

    Receiver {
        studies = Set.copyOf(studies);
    }

    boolean wants(Notification notification) {
        return studies.isEmpty() || studies.contains(notification.name()) || studies.contains(notification.study());
    }

    /** Without the address. */
    @Override
    public String toString() {
        return name;
    }
}
