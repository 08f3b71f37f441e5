package io.keyferry.operator;

import io.keyferry.engine.settings.SettingsException;
import io.keyferry.operator.config.ConfigException;
import io.keyferry.operator.config.ConfigReader.Trial;
import io.keyferry.operator.config.OperatorConfig;
import io.keyferry.store.vault.VaultTargets;
import java.io.IOException;

/** What a configuration has to pass before anything is started with it. */
final class Trials {
    private Trials() {}

    static Trial[] all() {
        return new Trial[] {config -> Clients.config(config.kubeconfig()), Trials::certificate, Trials::vault};
    }

    private static void certificate(OperatorConfig config) throws ConfigException {
        try {
            var _ = Program.certificate(config);
        } catch (IOException e) {
            throw new ConfigException(ConfigException.ENVIRONMENT, String.valueOf(e.getMessage()));
        }
    }

    private static void vault(OperatorConfig config) throws ConfigException {
        if (config.vaultSync().isEmpty()) {
            return;
        }
        try {
            VaultTargets.check(config.vaultSync().get().login());
        } catch (SettingsException e) {
            throw new ConfigException(ConfigException.ENVIRONMENT, String.valueOf(e.getMessage()));
        }
    }
}
