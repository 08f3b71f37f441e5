package io.keyferry.store.vault;

import static io.keyferry.store.vault.FakeVault.data;
import static io.keyferry.store.vault.FakeVault.errors;
import static io.keyferry.store.vault.FakeVault.says;
import static io.keyferry.store.vault.Fixture.json;
import static io.keyferry.store.vault.Fixture.kv;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.store.Reading.Absent;
import io.keyferry.engine.store.Reading.Absent.Cause;
import io.keyferry.engine.store.Reading.Listing;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.engine.store.StoreFailure.Kind;
import io.keyferry.engine.store.StoreFailure.Phase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultReadingTest {
    private final Fixture f = new Fixture();

    VaultReadingTest() {
        f.vault.mounted("secret/", 2).mounted("kv1/", 1).mounted("team/kv/", 2);
    }

    @AfterEach
    void stop() {
        f.close();
    }

    @Test
    void readsKv2BelowDataWithoutBeingToldTheVersion() throws Exception {
        f.vault.on("GET /v1/secret/data/app/db", data("{\"data\":{\"k\":\"v\"},\"metadata\":{\"version\":1}}"));

        assertThat(json(f.secret("secret/app/db"))).isEqualTo("{\"k\":\"v\"}");
        assertThat(f.secret("secret/app/db").attributes()).isEqualTo(kv(2, "secret/"));
    }

    @Test
    void readsKv1AsWritten() throws Exception {
        f.vault.on("GET /v1/kv1/app", data("{\"k\":\"v\"}"));

        assertThat(json(f.secret("kv1/app"))).isEqualTo("{\"k\":\"v\"}");
        assertThat(f.secret("kv1/app").attributes()).isEqualTo(kv(1, "kv1/"));
    }

    @Test
    void readsBelowAMountOfSeveralSegments() throws Exception {
        f.vault.on("GET /v1/team/kv/data/a/b", data("{\"data\":{\"k\":1}}"));

        assertThat(json(f.secret("team/kv/a/b"))).isEqualTo("{\"k\":1}");
    }

    @Test
    void keepsTheBytesOfNumbersAndEscapes() throws Exception {
        String written =
                "{\"a\":1.50,\"b\":12345678901234567890,\"c\":1e3,\"d\":\"x\\u003cy\",\"e\":{\"f\":[1.0,null]}}";
        f.vault.on("GET /v1/kv1/num", data(written));

        assertThat(json(f.secret("kv1/num"))).isEqualTo(written);
    }

    @Test
    void takesAServerThatDoesNotKnowTheProbeForKv1() throws Exception {
        f.vault.on("GET /v1/sys/internal/ui/mounts/old/a", errors(404, "unsupported path"));
        f.vault.on("GET /v1/old/a", data("{\"k\":\"v\"}"));

        assertThat(json(f.secret("old/a"))).isEqualTo("{\"k\":\"v\"}");
        assertThat(f.secret("old/a").attributes()).isEqualTo(Map.of("kv", "1"));
    }

    @Test
    void takesTheWholeBodyWhereAnEngineAnswersWithoutVaultsFrame() throws Exception {
        f.vault.on("GET /v1/kv1/raw", says(200, "{\"keys\":[{\"kid\":\"x\"}]}"));

        assertThat(json(f.secret("kv1/raw"))).isEqualTo("{\"keys\":[{\"kid\":\"x\"}]}");
    }

    @Test
    void anUnknownSecretIsMissing() throws Exception {
        f.vault.on("GET /v1/secret/data/none", errors(404));

        assertThat(f.secret("secret/none")).isEqualTo(new Absent(Cause.MISSING, kv(2, "secret/")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "404 {\"request_id\":\"9d\",\"data\":{\"data\":null,\"metadata\":{\"deletion_time\":\"2026\",\"destroyed\":false}},\"warnings\":null}",
                "404 {\"request_id\":\"7c\",\"data\":{\"data\":null,\"metadata\":{\"deletion_time\":\"\",\"destroyed\":true}},\"warnings\":null}",
                "404 {\"request_id\":\"8b\",\"data\":null,\"warnings\":[\"Non-listing operations on the root of a K/V v2 mount are not supported.\"]}",
                "200 {\"request_id\":\"17\",\"data\":{\"data\":null,\"metadata\":{\"version\":1}},\"warnings\":null}",
                "200 "
            })
    void aSecretThatHoldsNothingNowIsEmpty(String answer) throws Exception {
        f.vault.on("GET /v1/secret/data/x", says(Integer.parseInt(answer.substring(0, 3)), answer.substring(4)));

        assertThat(f.secret("secret/x")).isEqualTo(new Absent(Cause.EMPTY, kv(2, "secret/")));
    }

    @Test
    void aSecretWithoutKeysIsFound() throws Exception {
        f.vault.on("GET /v1/secret/data/emp", data("{\"data\":{},\"metadata\":{\"version\":1}}"));

        assertThat(json(f.secret("secret/emp"))).isEqualTo("{}");
    }

    @Test
    void listsKv2BelowMetadata() throws Exception {
        f.vault.on("GET /v1/secret/metadata?list=true", data("{\"keys\":[\"a\",\"sub/\"]}"));
        f.vault.on("GET /v1/secret/metadata/sub?list=true", data("{\"keys\":[\"x/\"]}"));

        assertThat(f.listing("secret/")).isEqualTo(new Listing(List.of("a", "sub/"), kv(2, "secret/")));
        assertThat(f.listing("secret/sub/")).isEqualTo(new Listing(List.of("x/"), kv(2, "secret/")));
    }

    @Test
    void aPlaceWithoutNamesIsMissing() throws Exception {
        f.vault.on("GET /v1/kv1/none?list=true", errors(404));
        f.vault.on("GET /v1/kv1/empty?list=true", data("{\"keys\":[]}"));

        assertThat(f.listing("kv1/none/")).isEqualTo(new Absent(Cause.MISSING, kv(1, "kv1/")));
        assertThat(f.listing("kv1/empty/")).isEqualTo(new Absent(Cause.MISSING, kv(1, "kv1/")));
    }

    @Test
    void aPathWithASecondLeadingSlashIsNotFoundInKv2() throws Exception {
        f.vault.on("GET /v1/secret/data/a", data("{\"data\":{\"k\":\"v\"}}"));

        assertThat(f.secret("/secret/a")).isInstanceOf(Absent.class);
        assertThat(f.vault.requests()).contains("GET /v1/secret/data/secret/a");
    }

    @Test
    void aRefusedProbeFailsBeforeAnythingIsRead() {
        StoreFailure failure = f.failure("nope/a");

        assertThat(failure.kind()).isEqualTo(Kind.DENIED);
        assertThat(failure.phase()).isEqualTo(Phase.DISCOVER);
        assertThat(failure.message())
                .isEqualTo("Error making API request.\n\nURL: GET " + f.vault.url()
                        + "/v1/sys/internal/ui/mounts/nope/a\nCode: 403. Errors:\n\n"
                        + "* preflight capability check returned 403, please ensure client's policies grant access to"
                        + " path \"nope/a/\"");
    }

    @Test
    void aRefusedListingNamesItsApiPath() {
        f.vault.on("GET /v1/secret/metadata/seeds?list=true", errors(403, "permission denied"));

        StoreFailure failure = f.failure(f.token("t"), Reference.listing("secret/seeds/"));

        assertThat(failure.phase()).isEqualTo(Phase.READ);
        assertThat(failure.message())
                .isEqualTo("could not read Vault path \"secret/metadata/seeds\": Error making API request.\n\nURL: GET "
                        + f.vault.url()
                        + "/v1/secret/metadata/seeds?list=true\nCode: 403. Errors:\n\n* permission denied");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":{\"data\":{\"k\":hunter2}}}",
                "{\"data\":\"hunter2\"}",
                "{\"data\":{\"data\":\"hunter2\"}}",
                "<html>hunter2</html>",
                "{\"data\":{\"data\":{\"k\":\"hunter2",
                "[\"hunter2\"]"
            })
    void anAnswerThatIsNotVaultsIsInvalidAndNotQuoted(String body) {
        f.vault.on("GET /v1/secret/data/x", says(200, body));

        StoreFailure failure = f.failure("secret/x");

        assertThat(failure.kind()).isEqualTo(Kind.INVALID);
        assertThat(failure.message()).contains("/v1/secret/data/x").doesNotContain("hunter2");
    }

    @Test
    void a404ThatIsNotVaultsIsNotTakenForAMissingSecret() {
        f.vault.on("GET /v1/secret/data/x", says(404, "<html>no such page</html>"));

        assertThat(f.failure("secret/x").kind()).isEqualTo(Kind.INVALID);
    }
}
