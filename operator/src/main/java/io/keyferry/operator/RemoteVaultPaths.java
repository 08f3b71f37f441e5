package io.keyferry.operator;

import io.keyferry.dialect.vaultsync.VaultPaths;
import io.keyferry.engine.read.Blocking;
import io.keyferry.engine.target.Owner;
import io.keyferry.engine.target.RemoteTarget;
import io.keyferry.engine.target.RemovableTarget;
import io.keyferry.store.vault.VaultTargetSpec;
import io.keyferry.store.vault.VaultTargetSpec.Purpose;
import io.keyferry.store.vault.VaultTargets;
import java.util.concurrent.Executor;

/** Paths of one Vault as targets that hold up nobody while Vault is waited for. */
final class RemoteVaultPaths implements VaultPaths {
    private final VaultTargets vault;
    private final Executor executor;
    private final Blocking blocking;

    RemoteVaultPaths(VaultTargets vault, Executor executor, Blocking blocking) {
        this.vault = vault;
        this.executor = executor;
        this.blocking = blocking;
    }

    @Override
    public RemovableTarget toWrite(String path, Owner owner) {
        return target(path, owner, Purpose.WRITE);
    }

    @Override
    public RemovableTarget toRemove(String path, Owner owner, boolean forGood) {
        return target(path, owner, forGood ? Purpose.REMOVE_FOR_GOOD : Purpose.REMOVE);
    }

    private RemovableTarget target(String path, Owner owner, Purpose purpose) {
        return new RemoteTarget(vault.target(new VaultTargetSpec(path, owner, purpose)), executor, blocking);
    }
}
