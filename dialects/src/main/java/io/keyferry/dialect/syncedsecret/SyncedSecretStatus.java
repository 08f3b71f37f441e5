package io.keyferry.dialect.syncedsecret;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.keyferry.kubernetes.status.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator says of a SyncedSecret.
 *
 * @param currentVersionID the version of the AWS secret that the Secret holds; empty if it holds none or several
 * @param observedGeneration the generation the rest of the status speaks of
 * @param conditions {@code Ready}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SyncedSecretStatus(
        String currentVersionID,
        @Nullable Long observedGeneration,
        @Nullable List<Condition> conditions) {}
