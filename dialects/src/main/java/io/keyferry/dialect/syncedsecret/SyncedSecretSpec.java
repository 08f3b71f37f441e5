package io.keyferry.dialect.syncedsecret;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What users write, as they write it: nothing is defaulted here.
 *
 * @param role the role to read as, a short name or an ARN; null and empty mean the operator itself
 * @param account the AWS account whose role {@code secret-syncer} reads, instead of {@code role}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SyncedSecretSpec(
        @JsonProperty("IAMRole") @Nullable String role,
        @JsonProperty("AWSAccountID") @Nullable String account,
        @Nullable Metadata secretMetadata,
        @Nullable DataFrom dataFrom,
        @Nullable List<Item> data) {

    /** What the Secret's metadata gets; the rest of what may be written here has no effect. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Metadata(
            @Nullable Map<String, String> labels, @Nullable Map<String, String> annotations) {}

    /** A secret of which every key is taken. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record DataFrom(@Nullable SecretRef secretRef) {}

    /** A secret by name or ARN. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record SecretRef(@Nullable String name) {}

    /** One key of the Secret. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Item(
            @Nullable String name,
            @Nullable String value,
            @Nullable ValueFrom valueFrom) {
        @Override
        public String toString() {
            return "Item(" + name + ")";
        }
    }

    /** Where a key's value comes from; of several the last one of this order counts. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ValueFrom(
            @Nullable SecretRef secretRef,
            @Nullable SecretKeyRef secretKeyRef,
            @Nullable String template) {}

    /** One key of a secret that is a JSON object. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record SecretKeyRef(
            @Nullable String name, @Nullable String key) {}
}
