package io.keyferry.dialect.vaultsecret;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/** The custom resource. */
@Group("k8s.kiwi.com")
@Version("v1")
@Kind("VaultSecret")
@Plural("vaultsecrets")
public final class VaultSecret extends CustomResource<VaultSecretSpec, VaultSecretStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
