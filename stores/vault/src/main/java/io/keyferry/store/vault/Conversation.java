package io.keyferry.store.vault;

import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.StoreException;
import io.keyferry.engine.store.StoreFailure.Phase;
import io.keyferry.engine.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Everything that is said to one Vault as one identity: its session and the mounts it knows. */
final class Conversation {
    /** A mount asked for so recently is not doubted because a path is missing or refused. */
    static final Duration TRUSTED = Duration.ofSeconds(5);

    private final Endpoint endpoint;
    private final Authorised authorised;
    private final VaultClient client;
    private final MountProbe probe;
    private final TimeSource time;
    private final MountTable mounts = new MountTable();

    Conversation(Endpoint endpoint, Session session, VaultClient client, MountProbe probe, TimeSource time) {
        this.endpoint = endpoint;
        this.authorised = new Authorised(session);
        this.client = client;
        this.probe = probe;
        this.time = time;
    }

    Reading read(Reference reference) throws StoreException, InterruptedException {
        String cleanPath = ApiPath.join(reference.path());
        Mount mount = discover(() -> mounts.of(cleanPath, time.nanos(), this::probe));
        Answer answer = ask(mount, reference);
        if (answer.isNotFound() && (isOld(mount) || contradicts(mount, answer))) {
            Mount now = discover(() -> mounts.anew(cleanPath, mount, time.nanos(), this::probe));
            if (!now.isSameAs(mount)) {
                return meaning(now, reference, ask(now, reference));
            }
        }
        return meaning(mount, reference, answer);
    }

    private Mount discover(Request<Mount> request) throws StoreException, InterruptedException {
        try {
            return request.send();
        } catch (VaultError e) {
            throw e.at(Phase.DISCOVER);
        }
    }

    private Mount probe(String cleanPath) throws VaultError, StoreException, InterruptedException {
        return authorised.send(token -> probe.of(endpoint, token, cleanPath));
    }

    private Answer ask(Mount mount, Reference reference) throws StoreException, InterruptedException {
        String query = reference.kind() == Reference.Kind.LISTING ? "list=true" : "";
        try {
            return authorised.send(token -> client.get(endpoint, token, apiPath(mount, reference), query));
        } catch (VaultError e) {
            if (e.isForbidden() && isOld(mount)) {
                mounts.forget(mount);
            }
            throw describe(mount, reference, e);
        }
    }

    private static Reading meaning(Mount mount, Reference reference, Answer answer) throws StoreException {
        try {
            return switch (reference.kind()) {
                case SECRET -> SecretAnswers.secret(mount, answer);
                case LISTING -> SecretAnswers.listing(mount, answer);
                case PRINCIPAL -> throw new IllegalArgumentException("only secrets and folders are read");
            };
        } catch (VaultError e) {
            throw describe(mount, reference, e);
        }
    }

    private boolean isOld(Mount mount) {
        return time.nanos() - mount.askedNanos() >= TRUSTED.toNanos();
    }

    /** Whether an answer cannot come from the mount that was asked: the engine went, or changed its version. */
    private static boolean contradicts(Mount mount, Answer answer) {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        return body.contains("no handler for route")
                || (mount.version() == 1 && body.contains("Invalid path for a versioned K/V secrets engine"));
    }

    private static String apiPath(Mount mount, Reference reference) {
        return switch (reference.kind()) {
            case SECRET -> mount.secretPath(reference.path());
            case LISTING -> mount.folderPath(reference.path());
            case PRINCIPAL -> throw new IllegalArgumentException("only secrets and folders have paths");
        };
    }

    private static StoreException describe(Mount mount, Reference reference, VaultError error) {
        boolean listing = reference.kind() == Reference.Kind.LISTING;
        String prefix = listing ? "could not read Vault path \"" + apiPath(mount, reference) + "\": " : "";
        return error.prefixed(Texts.plain(prefix)).at(Phase.READ);
    }

    @FunctionalInterface
    private interface Request<T> {
        T send() throws VaultError, StoreException, InterruptedException;
    }
}
