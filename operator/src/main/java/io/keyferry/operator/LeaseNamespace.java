package io.keyferry.operator;

import io.keyferry.operator.config.ConfigException;
import io.keyferry.operator.config.OperatorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where leases are: where the user says, or where the pod is. */
final class LeaseNamespace {
    private static final Path POD_NAMESPACE = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

    private LeaseNamespace() {}

    static String of(OperatorConfig config) throws ConfigException {
        if (!config.leaderElectionNamespace().isEmpty()) {
            return config.leaderElectionNamespace();
        }
        try {
            return Files.readString(POD_NAMESPACE).strip();
        } catch (IOException e) {
            throw new ConfigException(
                    ConfigException.ENVIRONMENT,
                    "leader election needs a namespace and this is no pod: give --leader-election-namespace, or --leader-elect=false");
        }
    }
}
