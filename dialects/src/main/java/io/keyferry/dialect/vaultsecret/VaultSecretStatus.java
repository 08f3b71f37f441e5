package io.keyferry.dialect.vaultsecret;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.keyferry.kubernetes.status.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator says of a VaultSecret.
 *
 * @param lastUpdated RFC 3339 time of the last successful reconcile, empty if there was none
 * @param observedGeneration the generation the rest of the status speaks of
 * @param conditions {@code Ready}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VaultSecretStatus(
        @Nullable String lastUpdated,
        @Nullable Long observedGeneration,
        @Nullable List<Condition> conditions) {}
