package io.afterlearner.operator.reconcile;

import io.afterlearner.operator.resource.Observed;
import io.afterlearner.operator.resource.Study;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;

/**
 * Writes statuses to the server.
 *
 * @param applied whether the server knows server-side apply, as all but those of tests do
 */
record StatusWriter(KubernetesClient client, boolean applied) {
    static final String FIELD_MANAGER = "afterlearner-operator";

    /** Has the status written when the Study has been looked at. */
    UpdateControl<Study> control(Study study, Observed status) {
        if (applied) {
            return UpdateControl.patchStatus(with(study, status));
        }
        write(study, status);
        return UpdateControl.noUpdate();
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
            // The whole status: a patch of its lists would be made for the copy that was looked at, which may be old.
            client.resource(next).updateStatus();
        }
    }

    /** The study with the status, and with nothing else that would be written. */
    private Study with(Study study, Observed status) {
        Study fresh = new Study();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(study.getMetadata().getNamespace())
                .withName(study.getMetadata().getName())
                .build());
        fresh.setSpec(null);
        fresh.setStatus(status);
        return fresh;
    }
}
