package io.afterlearner.operator.reconcile;

import io.afterlearner.operator.resource.Observed;
import io.afterlearner.operator.resource.Study;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/**
 * The object that carries a new status to the server.
 *
 * @param applied whether the server knows server-side apply, as all but those of tests do
 */
record StatusWriter(KubernetesClient client, boolean applied) {
    static final String FIELD_MANAGER = "afterlearner-operator";

    /** The study with the status, and with nothing else that would be written. */
    Study with(Study study, Observed status) {
        if (!applied) {
            study.setStatus(status);
            return study;
        }
        Study fresh = new Study();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(study.getMetadata().getNamespace())
                .withName(study.getMetadata().getName())
                .build());
        fresh.setSpec(null);
        fresh.setStatus(status);
        return fresh;
    }

    void write(Study study, Observed status) {
        Study next = with(study, status);
        if (applied) {
            client.resource(next)
                    .subresource("status")
                    .patch(new PatchContext.Builder()
                            .withPatchType(PatchType.SERVER_SIDE_APPLY)
                            .withFieldManager(FIELD_MANAGER)
                            .withForce(true)
                            .build());
        } else {
            client.resource(next).updateStatus();
        }
    }
}
