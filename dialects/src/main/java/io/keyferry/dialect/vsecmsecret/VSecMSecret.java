package io.keyferry.dialect.vsecmsecret;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/** The custom resource. */
@Group("vsecm.com")
@Version("v1alpha1")
@Kind("VSecMSecret")
@Plural("vsecmsecrets")
public final class VSecMSecret extends CustomResource<VSecMSecretSpec, VSecMSecretStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
