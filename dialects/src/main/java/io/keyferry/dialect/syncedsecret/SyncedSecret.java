package io.keyferry.dialect.syncedsecret;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/** The custom resource. */
@Group("secrets.contentful.com")
@Version("v1")
@Kind("SyncedSecret")
@Plural("syncedsecrets")
public final class SyncedSecret extends CustomResource<SyncedSecretSpec, SyncedSecretStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
