package io.keyferry.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/** What is done in which order, and what is told of it. */
final class Scenarios {
    private Scenarios() {}

    /** The operator starts and finds everything to be done; beside it, writers with nothing else to do. */
    static void cold(Options options, Report report) throws IOException, InterruptedException {
        Workload workload = new Workload(options.objects(), options.secrets(), options.period());
        try (Servers servers = Servers.start()) {
            Fleet.Cold cold;
            ObjectNode likeness;
            List<String> javaOptions;
            say("starting the operator on %d objects".formatted(options.objects()));
            try (Fleet fleet = Fleet.start(servers, workload, options)) {
                cold = fleet.cold();
                report.seconds("operator: process start to first API answer", fleet.logged("dialects:"));
                likeness = fleet.likeness();
                javaOptions = fleet.javaOptions();
            }
            say("starting the other writers");
            Writers.Times writers = new Writers(servers, likeness, options.objects()).measure(javaOptions);
            times(report, cold, writers);
            report.ratio("operator / fresh bare writer", cold.secrets(), writers.fresh(), 1.3);
            report.ratio("operator / fresh bare writer, writing alone", cold.writing(), writers.freshWriting());
            report.ratio("operator / warm bare writer", cold.secrets(), writers.warm());
            report.ratio("operator / lean writer", cold.secrets(), writers.lean());
            counts(report, options, cold);
            usage(report, cold, writers);
        }
    }

    /** The work that the operators in use were measured with, and the limits that Keyferry is to keep. */
    static void fleet(Options options, Report report) throws IOException, InterruptedException {
        Workload workload = new Workload(options.objects(), options.secrets(), options.period());
        double minute = 60.0 / options.period();
        try (Servers servers = Servers.start()) {
            Fleet.Cold cold;
            Fleet.Rest rest;
            Fleet.Changed changed;
            ObjectNode likeness;
            List<String> javaOptions;
            say("starting the operator on %d objects".formatted(options.objects()));
            try (Fleet fleet = Fleet.start(servers, workload, options)) {
                cold = fleet.cold();
                likeness = fleet.likeness();
                javaOptions = fleet.javaOptions();
                say("cold after %.1f s; two periods at rest"
                        .formatted(cold.secrets().toMillis() / 1e3));
                rest = fleet.rest();
                say("changing a value");
                changed = fleet.change();
            }
            say("starting the other writers");
            Writers.Times writers = new Writers(servers, likeness, options.objects()).measure(javaOptions);
            times(report, cold, writers);
            report.seconds("cold: all Secrets exist", cold.secrets(), 4);
            report.ratio("cold / lean writer", cold.secrets(), writers.lean(), 2);
            report.ratio("cold / fresh bare writer", cold.secrets(), writers.fresh());
            counts(report, options, cold);
            usage(report, cold, writers);
            report.number(
                    "at rest: secret reads a minute",
                    rest.counts().secretReads() * minute,
                    "",
                    options.secrets() * minute);
            report.number("at rest: mount probes a minute", rest.counts().mountProbes() * minute, "");
            report.number(
                    "at rest: API-server calls a minute",
                    rest.counts().apiCalls() * minute,
                    "",
                    options.objects() * minute);
            report.requests("at rest, a period", rest.counts().api());
            report.number("  at rest, a period: the operator's own count", rest.ownCalls(), "");
            report.number("at rest: CPU a minute", rest.cpuSeconds() * minute, "s", 2);
            report.number("at rest: RSS", rest.usage().rssMb(), "MB");
            report.seconds("change: until the next read", changed.poll(), options.period());
            report.seconds("change: from that read to dependent " + changed.dependents(), changed.follow(), 1);
        }
    }

    private static void times(Report report, Fleet.Cold cold, Writers.Times writers) {
        report.seconds("operator: ready", cold.ready());
        report.seconds("operator: all Secrets exist", cold.secrets());
        report.seconds("operator: first Secret to last", cold.writing());
        report.seconds("operator: all statuses written", cold.statuses());
        report.seconds("fresh bare writer: all Secrets exist", writers.fresh());
        report.seconds("fresh bare writer: first Secret to last", writers.freshWriting());
        report.seconds("warm bare writer", writers.warm());
        report.seconds("lean writer", writers.lean());
    }

    private static void counts(Report report, Options options, Fleet.Cold cold) {
        report.count("cold: secret reads", cold.counts().secretReads(), options.secrets());
        report.count("cold: mount probes", cold.counts().mountProbes());
        report.count("cold: other Vault requests", cold.counts().otherVault());
        report.count("cold: API-server calls", cold.counts().apiCalls(), 2.05 * options.objects());
        report.count("cold: Secrets created", cold.counts().api("POST secrets"), options.objects());
        report.count("cold: statuses written", cold.counts().api("PATCH vaultsecrets/status"), options.objects());
        report.count("cold: Secrets changed", cold.counts().changesOfSecrets(), 0);
        report.requests("cold", cold.counts().api());
        report.number("  cold: the operator's own count", cold.ownCalls(), "");
    }

    private static void usage(Report report, Fleet.Cold cold, Writers.Times writers) {
        report.number("cold: CPU of the operator", cold.usage().cpuSeconds(), "s");
        report.number("fresh bare writer: CPU", writers.freshCpuSeconds(), "s");
        report.number("cold: RSS", cold.usage().rssMb(), "MB", 110);
        report.number("cold: peak RSS", cold.usage().peakRssMb(), "MB");
    }

    private static void say(String what) {
        System.out.println(what + " ...");
    }
}
