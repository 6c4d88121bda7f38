package io.afterlearner.operator.reconcile;

import io.afterlearner.operator.resource.Condition;
import io.afterlearner.operator.resource.Observed;
import io.afterlearner.operator.resource.Study;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Events about what changed in a Study. Progress is no event. */
record News(KubernetesClient client, String instance, Clock clock) {
    private static final Logger LOG = Logger.getLogger(News.class);
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    private static final String CONTROLLER = "afterlearner.io/operator";
    private static final int MAX_NOTE_CHARACTERS = 1_000;
    private static final int MAX_NAME_CHARACTERS = 200;

    /** Reasons that are steps on the way, and no trouble. */
    private static final List<String> STEPS = List.of("Resolving", "Creating", "Stopping", "Waiting");

    void tell(Study study, Observed before, Observed after) {
        if (after.phase() != null && after.phase() != before.phase()) {
            after.condition(Condition.READY)
                    .filter(Condition::isTrue)
                    .ifPresent(ready -> send(study, "Normal", ready.reason(), ready.message()));
        }
        after.condition(Condition.SERVING)
                .filter(Condition::isTrue)
                .filter(serving -> isNew(serving, before))
                .ifPresent(serving -> send(study, "Normal", serving.reason(), serving.message()));
        after.condition(Condition.READY)
                .filter(ready -> !ready.isTrue() && !STEPS.contains(ready.reason()))
                .filter(ready -> isNew(ready, before))
                .ifPresent(ready -> send(study, "Warning", ready.reason(), ready.message()));
        after.condition(Condition.EXPORTED)
                .filter(exported -> !exported.status().equals("Unknown") && !STEPS.contains(exported.reason()))
                .filter(exported -> isNew(exported, before))
                .ifPresent(exported ->
                        send(study, exported.isTrue() ? "Normal" : "Warning", exported.reason(), exported.message()));
    }

    private static boolean isNew(Condition condition, Observed before) {
        return before.condition(condition.type())
                .filter(known -> known.saysAs(condition))
                .isEmpty();
    }

    private void send(Study study, String type, String reason, String message) {
        String now =
                MICROS.format(clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
        String name = study.getMetadata().getName();
        String base = name.length() > MAX_NAME_CHARACTERS ? name.substring(0, MAX_NAME_CHARACTERS) : name;
        try {
            client.events()
                    .v1()
                    .events()
                    .resource(new EventBuilder()
                            .withNewMetadata()
                            .withNamespace(study.getMetadata().getNamespace())
                            .withName(base + "."
                                    + UUID.randomUUID()
                                            .toString()
                                            .substring(0, 13)
                                            .toLowerCase(Locale.ROOT))
                            .endMetadata()
                            .withEventTime(new MicroTime(now))
                            .withReportingController(CONTROLLER)
                            .withReportingInstance(instance)
                            .withAction(reason)
                            .withReason(reason)
                            .withType(type)
                            .withRegarding(reference(study))
                            .withNote(note(message))
                            .build())
                    .create();
        } catch (KubernetesClientException e) {
            LOG.warnf("the event %s of study %s was not recorded: %s", reason, study.label(), e.getMessage());
        }
    }

    private static String note(String message) {
        return message.length() > MAX_NOTE_CHARACTERS ? message.substring(0, MAX_NOTE_CHARACTERS) + "…" : message;
    }

    private static ObjectReference reference(Study study) {
        return new ObjectReferenceBuilder()
                .withApiVersion(study.getApiVersion())
                .withKind(study.getKind())
                .withNamespace(study.getMetadata().getNamespace())
                .withName(study.getMetadata().getName())
                .withUid(study.getMetadata().getUid())
                .withResourceVersion(study.getMetadata().getResourceVersion())
                .build();
    }
}
