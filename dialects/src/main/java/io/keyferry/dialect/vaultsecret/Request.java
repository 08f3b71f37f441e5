package io.keyferry.dialect.vaultsecret;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a VaultSecret asks for, with everything it left open filled in.
 *
 * @param name the VaultSecret's name
 * @param target the Secret's name
 * @param period how often to look again; empty for never
 */
record Request(
        String name,
        List<SourcePath> paths,
        String address,
        Login login,
        Layout layout,
        String target,
        String format,
        Optional<Duration> period) {}
