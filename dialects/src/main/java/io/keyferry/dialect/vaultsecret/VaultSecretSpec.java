package io.keyferry.dialect.vaultsecret;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What users write, as they write it: nothing is defaulted here. Null and empty mean the same everywhere. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record VaultSecretSpec(
        @Nullable List<Path> paths,
        @Nullable String addr,
        @Nullable String separator,
        @Nullable String targetSecretName,
        @Nullable String targetFormat,
        @Nullable String reconcilePeriod,
        @Nullable Auth auth) {

    /**
     * A source.
     *
     * @param path as for {@code vault kv get}; with a final {@code *} all secrets below
     * @param prefix put before what the source gives
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Path(@Nullable String path, @Nullable String prefix) {}

    /** Who reads. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Auth(
            @Nullable String token,
            @Nullable TokenSecretRef tokenSecretRef,
            @Nullable ServiceAccountRef serviceAccountRef) {
        @Override
        public String toString() {
            return "Auth(masked)";
        }
    }

    /**
     * A Secret of the VaultSecret's namespace that holds a Vault token.
     *
     * @param key which entry; {@code token} if empty
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record TokenSecretRef(
            @Nullable String name, @Nullable String key) {}

    /**
     * A ServiceAccount of the VaultSecret's namespace.
     *
     * @param authPath the whole login path, for example {@code auth/kubernetes/login}
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ServiceAccountRef(
            @Nullable String name,
            @Nullable String authPath,
            @Nullable String role) {}
}
