package io.keyferry.acceptance.vaultsecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.acceptance.WithOperator;
import io.keyferry.acceptance.World;
import io.keyferry.testkit.Cluster;
import io.keyferry.testkit.Vault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * KV 1 and KV 2 are told apart with no configuration and by the same paths; prefixes without and with a final slash give
 * their shapes for concrete and for recursive paths.
 */
@WithOperator
class PathsAndPrefixesTest {
    private final World world;

    PathsAndPrefixesTest(World world) {
        this.world = world;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theSamePathsServeBothVersions(int version, Cluster cluster, Vault vault) {
        try (World kv = new World(cluster, vault, vault.newMount(version))) {
            kv.mount.put("team/app", Map.of("k", "a"));
            kv.mount.put("team/sub/db", Map.of("k", "d"));
            kv.create("concrete", Map.of("paths", List.of(kv.path("team/app"))));
            kv.create("recursive", Map.of("paths", List.of(kv.path("team/*"))));
            kv.create("everything", Map.of("paths", List.of(kv.path("*"))));
            kv.awaitData("concrete", Map.of("k", "a"));
            kv.awaitData("recursive", Map.of("app_k", "a", "sub_db_k", "d"));
            kv.awaitData("everything", Map.of("team_app_k", "a", "team_sub_db_k", "d"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''   | app | {'K':1}",
                "p    | app | {'pK':1}",
                "p/   | app | {'p':{'K':1}}",
                "a/b  | app | {'a':{'bK':1}}",
                "a/b/ | app | {'a':{'b':{'K':1}}}",
                "''   | f/* | {'app':{'K':1},'sub':{'db':{'D':2}}}",
                "p    | f/* | {'papp':{'K':1},'psub':{'db':{'D':2}}}",
                "p/   | f/* | {'p':{'app':{'K':1},'sub':{'db':{'D':2}}}}",
                "a/b  | f/* | {'a':{'bapp':{'K':1},'bsub':{'db':{'D':2}}}}",
                "a/b/ | f/* | {'a':{'b':{'app':{'K':1},'sub':{'db':{'D':2}}}}}"
            })
    void aPrefixShapesTheTree(String prefix, String path, String tree) {
        world.mount.put("app", Map.of("K", 1));
        world.mount.put("f/app", Map.of("K", 1));
        world.mount.put("f/sub/db", Map.of("D", 2));
        world.create("app", Map.of("paths", List.of(world.path(path, prefix)), "targetFormat", "json"));
        assertThat(world.awaitEntry("app", "secrets.json").replaceAll("\\s", ""))
                .isEqualTo(tree.replace('\'', '"'));
    }

    @Test
    void aSecretAndAFolderOfOneNameShareANode() {
        world.mount.put("f/app", Map.of("a", "1"));
        world.mount.put("f/app/sub", Map.of("b", "2"));
        world.create("app", Map.of("paths", List.of(world.path("f/*"))));
        world.awaitData("app", Map.of("app_a", "1", "app_sub_b", "2"));
    }

    @Test
    void onlyTheLeadingBaseIsStripped() {
        String mount = world.mount.name();
        world.mount.put("app/" + mount + "/x", Map.of("k", "v"));
        world.mount.put("my" + mount + "/y", Map.of("k", "w"));
        world.create("app", Map.of("paths", List.of(world.path("*")), "separator", "."));
        world.awaitData("app", Map.of("app." + mount + ".x.k", "v", "my" + mount + ".y.k", "w"));
    }

    @Test
    void oneLeadingSlashAndSuperfluousSlashesMakeNoDifference() {
        world.mount.put("team/app", Map.of("k", "v"));
        world.create("leading", Map.of("paths", List.of(Map.of("path", "/" + world.mount.path("team/app")))));
        world.create("superfluous", Map.of("paths", List.of(world.path("team//./app/"))));
        world.create("folder", Map.of("paths", List.of(Map.of("path", "/" + world.mount.path("team/*")))));
        world.awaitData("leading", Map.of("k", "v"));
        world.awaitData("superfluous", Map.of("k", "v"));
        world.awaitData("folder", Map.of("app_k", "v"));
    }

    @Test
    void aStarThatIsNotTheLastCharacterIsACharacter() {
        world.mount.put("a*b", Map.of("k", "v"));
        world.create("app", Map.of("paths", List.of(world.path("a*b"))));
        world.awaitData("app", Map.of("k", "v"));
    }

    @Test
    void aStarBehindHalfANameFindsNothing() {
        world.mount.put("team1", Map.of("k", "v"));
        world.create("app", Map.of("paths", List.of(world.path("team*"))));
        assertThat(world.awaitEvent("app", "vault read failed").getMessage())
                .isEqualTo(
                        "failed to get paths from vault: no value found in path: \"" + world.mount.path("team") + "\"");
    }

    @Test
    void severalPathsAreMergedAndNestedNamesJoinedByTheSeparator() {
        world.mount.put("db", Map.of("password", "p<1>"));
        world.mount.put("services/mail", Map.of("key", "m"));
        world.mount.put("services/pay/card", Map.of("key", 7));
        List<Map<String, String>> paths = List.of(world.path("db", "db_"), world.path("services/*"));
        world.create("app", Map.of("paths", paths, "separator", "__"));
        world.awaitData("app", Map.of("db_password", "p<1>", "mail__key", "m", "pay__card__key", "7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void anEmptyPathIsInvalid(String path) {
        world.create("app", Map.of("paths", List.of(Map.of("path", path))));
        assertThat(world.awaitEvent("app", "invalid resource").getMessage())
                .isEqualTo("VaultSecret.Spec.Paths[0].Path is empty: name a secret, or a folder followed by *");
        world.awaitReady("app", "False InvalidResource");
    }

    @Test
    void noPathsGiveAnEmptySecret() {
        world.create("app", Map.of("paths", List.of()));
        world.awaitData("app", Map.of());
        world.awaitReady("app", "True Synced");
    }
}
