package io.keyferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@RealParts
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealPartsTest {
    private static long vaultPid;

    @Test
    @Order(1)
    void aTestMayLeaveThePartsBroken(Cluster cluster, Vault vault) {
        cluster.stopApiServer();
        vault.proxy().refuse();
        vaultPid = vault.pid();
    }

    @Test
    @Order(2)
    void andTheNextOneFindsThemWell(Cluster cluster, Vault vault, @Own Vault own) {
        assertThat(cluster.client().raw("/readyz")).isEqualTo("ok");
        assertThat(vault.pid()).isEqualTo(vaultPid);
        assertThat(own.pid()).isNotEqualTo(vaultPid);
        assertThat(new VaultApi(URI.create(vault.address()), "").health()).isEqualTo(VaultApi.ACTIVE);
    }
}
