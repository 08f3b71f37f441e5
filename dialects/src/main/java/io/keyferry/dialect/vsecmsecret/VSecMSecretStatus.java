package io.keyferry.dialect.vsecmsecret;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.keyferry.kubernetes.status.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator says of a VSecMSecret.
 *
 * @param observedGeneration the generation the rest of the status speaks of
 * @param conditions {@code Ready} and {@code RefreshScheduled}, and what else is worth knowing
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VSecMSecretStatus(
        @Nullable Long observedGeneration, @Nullable List<Condition> conditions) {}
