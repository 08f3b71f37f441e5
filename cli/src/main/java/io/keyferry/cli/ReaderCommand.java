package io.keyferry.cli;

import io.keyferry.dialect.vaultsecret.VaultSecretDefaults;
import io.keyferry.dialect.vaultsecret.VaultSecretPrinter;
import io.keyferry.engine.RecipeException;
import io.keyferry.engine.settings.SettingsException;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.store.vault.TokenRequestException;
import io.keyferry.store.vault.VaultEnvironment;
import io.keyferry.store.vault.VaultStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * {@code keyferry reader}: prints what a VaultSecret's manifest asks for, read with {@code VAULT_TOKEN}. Exit code 0,
 * or 1 with an error, or 2 if the flags are wrong; what is left out, such as a path that does not exist, is told on the
 * error stream and is no error.
 */
public final class ReaderCommand {
    private static final int FAILED = 1;
    private static final int WRONG_FLAGS = 2;

    private final Map<String, String> environment;
    private final VaultSecretDefaults defaults;
    private final PrintStream out;
    private final PrintStream err;

    /** @param defaults what applies where the manifest says nothing */
    public ReaderCommand(
            Map<String, String> environment, VaultSecretDefaults defaults, PrintStream out, PrintStream err) {
        this.environment = Map.copyOf(environment);
        this.defaults = defaults;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs it.
     *
     * @param arguments the flags
     * @return the exit code
     */
    public int run(List<String> arguments) throws InterruptedException {
        try {
            ReaderFlags flags = ReaderFlags.parse(arguments);
            if (flags.help()) {
                out.print(ReaderFlags.HELP);
                return 0;
            }
            VaultSecretPrinter.Printed printed = read(flags);
            printed.notices().forEach(notice -> say(err, notice.subject() + ": " + notice.message() + "\n"));
            say(out, printed.text());
            return 0;
        } catch (UsageException e) {
            say(err, e.getMessage() + "\n");
            return WRONG_FLAGS;
        } catch (IllegalArgumentException | IOException | RecipeException | SettingsException e) {
            say(err, e.getMessage() + "\n");
            return FAILED;
        }
    }

    private VaultSecretPrinter.Printed read(ReaderFlags flags)
            throws IOException, RecipeException, SettingsException, InterruptedException {
        String token = environment.getOrDefault("VAULT_TOKEN", "");
        if (token.isEmpty()) {
            throw new IllegalArgumentException("VAULT_TOKEN env variable must be set");
        }
        if (flags.path().isEmpty()) {
            throw new IllegalArgumentException("path flag must be set");
        }
        VaultStore vault = new VaultStore(
                VaultEnvironment.read(environment), ReaderCommand::noServiceAccounts, TimeSource.system());
        return new VaultSecretPrinter(defaults, new DirectReader(vault))
                .print(Manifest.read(Path.of(flags.path())), token, flags.output());
    }

    private static String noServiceAccounts(String namespace, String serviceAccount, String audience)
            throws TokenRequestException {
        throw new TokenRequestException(StoreFailure.Kind.INVALID, "the reader speaks to no API server");
    }

    /** In UTF-8, whatever the platform's encoding. */
    private static void say(PrintStream stream, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        stream.write(bytes, 0, bytes.length);
        stream.flush();
    }
}
