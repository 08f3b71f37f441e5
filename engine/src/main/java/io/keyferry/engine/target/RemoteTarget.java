package io.keyferry.engine.target;

import io.keyferry.engine.content.SecretContent;
import io.keyferry.engine.read.Blocking;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/**
 * A target across a network: whoever waits for it steps out meanwhile, so that one that hangs holds up nobody else.
 */
public final class RemoteTarget implements RemovableTarget {
    private final RemovableTarget target;
    private final Executor executor;
    private final Blocking blocking;

    /** @param executor runs one task per call; tasks block */
    public RemoteTarget(RemovableTarget target, Executor executor, Blocking blocking) {
        this.target = target;
        this.executor = executor;
        this.blocking = blocking;
    }

    @Override
    public Optional<Owner> owner() {
        return target.owner();
    }

    @Override
    public DataPolicy dataPolicy() {
        return target.dataPolicy();
    }

    @Override
    public SecretContent holdable(SecretContent content) {
        return target.holdable(content);
    }

    @Override
    public Observed observe() throws TargetException, InterruptedException {
        return locked(target::observe);
    }

    @Override
    public Observed observeFresh() throws TargetException, InterruptedException {
        return locked(target::observeFresh);
    }

    @Override
    public void apply(Change change) throws TargetException, LockLostException, InterruptedException {
        boolean _ = await(() -> {
            target.apply(change);
            return true;
        });
    }

    @Override
    public void remove(Change change) throws TargetException, LockLostException, InterruptedException {
        boolean _ = await(() -> {
            target.remove(change);
            return true;
        });
    }

    private interface Task<T> {
        T run() throws TargetException, LockLostException, InterruptedException;
    }

    private interface Look {
        Observed at() throws TargetException, InterruptedException;
    }

    private Observed locked(Look look) throws TargetException, InterruptedException {
        try {
            return await(look::at);
        } catch (LockLostException e) {
            throw new IllegalStateException("who only looks has no lock to lose", e);
        }
    }

    private <T> T await(Task<T> task) throws TargetException, LockLostException, InterruptedException {
        CompletableFuture<T> result = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                result.complete(task.run());
            } catch (TargetException | LockLostException | InterruptedException | RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return blocking.await(result);
        } catch (CancellationException e) {
            throw (InterruptedException) new InterruptedException("the operator is stopping").initCause(e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case TargetException failure -> throw failure;
                case LockLostException lost -> throw lost;
                case InterruptedException stopping -> throw stopping;
                case RuntimeException defect -> throw defect;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
