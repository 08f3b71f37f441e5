package io.keyferry.kubernetes.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.read.SyncId;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusNewsTest {
    private static final SyncId ID = new SyncId("d", "ns", "n");

    private final StatusNews news = new StatusNews();

    private boolean isNews(String status, String seen) {
        return news.isNews(ID, new Report(status, status.equals(seen), List.of(), List.of()));
    }

    @Test
    void whatTheObjectHasIsNotWritten() {
        assertThat(isNews("ready", "")).isTrue();
        assertThat(isNews("ready", "ready")).isFalse();
        assertThat(isNews("ready", "ready")).isFalse();
    }

    @Test
    void whatTheObjectHadBeforeTheLastWriteIsWrittenOnceMore() {
        assertThat(isNews("ready", "")).isTrue();
        assertThat(isNews("ready", "ready")).isFalse();
        assertThat(isNews("failed", "ready")).isTrue();
        assertThat(isNews("ready", "ready")).isTrue();
        assertThat(isNews("ready", "ready")).isFalse();
    }

    @Test
    void whatSomebodyElseWroteIsWrittenOver() {
        assertThat(isNews("ready", "")).isTrue();
        assertThat(isNews("ready", "else")).isTrue();
        assertThat(isNews("ready", "ready")).isFalse();
    }

    @Test
    void anObjectThatIsMadeAnewHasNothing() {
        assertThat(isNews("failed", "")).isTrue();
        news.forget(ID);
        assertThat(isNews("ready", "ready")).isFalse();
    }
}
