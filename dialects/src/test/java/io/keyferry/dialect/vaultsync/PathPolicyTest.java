package io.keyferry.dialect.vaultsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathPolicyTest {
    private static final PathPolicy ANY = new PathPolicy(Map.of());

    private static boolean allows(PathPolicy policy, String namespace, String path) {
        return policy.objection(namespace, path, path).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/secret/data/a",
                "secret/data/../sys",
                "..",
                "secret//a",
                "secret/data/",
                "sys/mounts",
                "auth/token",
                "identity/x",
                "sys",
                "secret/data/./a",
                "secret/data/a\nb",
                ""
            })
    void whatIsNoSecretsPathIsRefused(String path) {
        assertThat(allows(ANY, "ns", path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret/data/a", "secret/data/auth/sys", "kv/a..b", "system/a", "kv/a b/é", "a"})
    void otherPathsAreAllowed(String path) {
        assertThat(allows(ANY, "ns", path)).isTrue();
    }

    @Test
    void grantsEndAtSegments() {
        PathPolicy policy = new PathPolicy(Map.of("team", List.of("secret/data/team"), "*", List.of("kv/shared/")));
        assertThat(allows(policy, "team", "secret/data/team")).isTrue();
        assertThat(allows(policy, "team", "secret/data/team/a")).isTrue();
        assertThat(allows(policy, "team", "secret/data/teams/a")).isFalse();
        assertThat(allows(policy, "team", "kv/shared/a")).isFalse();
        assertThat(allows(policy, "other", "kv/shared/a")).isTrue();
        assertThat(allows(policy, "other", "secret/data/team/a")).isFalse();
    }

    @Property
    void noAllowedPathClimbsOrLeadsToVaultsOwn(
            @ForAll @StringLength(max = 12) @CharRange(from = '.', to = '/') String odd,
            @ForAll @StringLength(max = 6) @CharRange(from = 'a', to = 'z') String name) {
        String path = name + odd + "sys";
        if (allows(ANY, "ns", path)) {
            assertThat(path).doesNotStartWith("/").doesNotStartWith("sys/").doesNotContain("//");
            assertThat(List.of(path.split("/", -1))).doesNotContain("", ".", "..");
        }
    }
}
