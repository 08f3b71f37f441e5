package io.keyferry.store.aws;

import io.keyferry.engine.store.StoreFailure;

/** Is told by one thread what an event queue brings. What it does is short, and throws nothing. */
public interface SecretEventListener {
    /** What a message was. */
    enum Heard {
        /** It told of a change. */
        CHANGE,
        /** It told of something that changes nothing that is read, such as a call that failed. */
        NOTHING,
        /** It had come before. */
        DUPLICATE,
        /** It was of something else than secrets. */
        FOREIGN,
        /** It was no event. */
        MALFORMED
    }

    void changed(SecretChange change);

    /** A message came and is deleted; one that told of a change was told to {@link #changed} before. */
    void heard(Heard message);

    /** The queue does not answer; it is asked again until it does. Told once for each time that it goes silent. */
    void failed(StoreFailure failure);

    /** The queue answers again. */
    void recovered();
}
