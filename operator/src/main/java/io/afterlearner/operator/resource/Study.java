package io.afterlearner.operator.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** A study as an object of Kubernetes. */
@Group(Study.GROUP)
@Version(Study.VERSION)
@Plural("studies")
public class Study extends CustomResource<Desired, Observed> implements Namespaced {
    public static final String GROUP = "afterlearner.io";
    public static final String VERSION = "v1alpha1";

    private static final long serialVersionUID = 1L;

    @Override
    protected Desired initSpec() {
        return new Desired(JsonNodeFactory.instance.objectNode());
    }

    @Override
    protected @Nullable Observed initStatus() {
        return null;
    }

    /** The status, or one that says nothing if there is none yet. */
    public Observed observed() {
        Observed status = getStatus();
        return status == null ? Observed.NOTHING : status;
    }

    /** For messages: namespace and name. */
    public String label() {
        return getMetadata().getNamespace() + "/" + getMetadata().getName();
    }
}
