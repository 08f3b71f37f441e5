package io.keyferry.store.vault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KvPathTest {
    private static Mount mount(String path, int version) {
        return new Mount(path, version, "kv", true, 0);
    }

    @Test
    void secretDataIsVersion2WithoutAQuestionIfSomethingFollows() {
        assertThat(KvPath.unquestioned("secret/data/app").orElseThrow().data()).isEqualTo("secret/data/app");
        assertThat(KvPath.unquestioned("secret/data/")).isEmpty();
        assertThat(KvPath.unquestioned("secret/app")).isEmpty();
        assertThat(KvPath.unquestioned("clusters/c/secret/data/app")).isEmpty();
    }

    @Test
    void onVersion2DataMayBeLeftOut() {
        for (String path : new String[] {"kv/data/a/b", "kv/a/b"}) {
            KvPath found = KvPath.in(mount("kv/", 2), path);
            assertThat(found.data()).isEqualTo("kv/data/a/b");
            assertThat(found.metadata()).isEqualTo("kv/metadata/a/b");
            assertThat(found.deletion()).isEqualTo("kv/delete/a/b");
        }
        assertThat(KvPath.in(mount("kv/", 2), "kv/data").data()).isEqualTo("kv/data/data");
        assertThat(KvPath.in(mount("clusters/c/secret/", 2), "clusters/c/secret/data/a")
                        .data())
                .isEqualTo("clusters/c/secret/data/a");
    }

    @Test
    void onVersion1ThePathIsTakenAsItIs() {
        assertThat(KvPath.in(mount("kv/", 1), "kv/data/a").data()).isEqualTo("kv/data/a");
        assertThat(KvPath.in(mount("kv/", 1), "kv/a").data()).isEqualTo("kv/a");
    }
}
