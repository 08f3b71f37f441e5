package io.keyferry.dialect.vsecmsecret;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What users write, as they write it: nothing is defaulted here.
 *
 * @param safeUrl where to fetch: a host, or an endpoint with its path
 * @param secretType {@code k8s}, which is also what null and empty mean
 * @param refreshInterval a Go duration
 * @param target the Secret
 * @param data what becomes entries of the Secret
 * @param labels what becomes labels of the Secret
 * @param annotations what becomes annotations of the Secret
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record VSecMSecretSpec(
        @JsonProperty("vsecmSafeURL") @Nullable String safeUrl,
        @Nullable String secretType,
        @Nullable String refreshInterval,
        @Nullable Target target,
        @Nullable List<Item> data,
        @Nullable List<Item> labels,
        @Nullable List<Item> annotations) {

    /** The Secret that is written, in the object's own namespace. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Target(@Nullable String name) {}

    /**
     * One name of the Secret and where its value is.
     *
     * @param key the name
     * @param ref a dotted path from the document's root
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Item(@Nullable String key, @Nullable String ref) {}
}
