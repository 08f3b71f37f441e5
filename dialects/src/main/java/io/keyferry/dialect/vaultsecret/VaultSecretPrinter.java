package io.keyferry.dialect.vaultsecret;

import io.keyferry.engine.RecipeException;
import io.keyferry.engine.content.Notice;
import io.keyferry.engine.read.SecretReader;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.StoreAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Prints what a VaultSecret asks for as the original's {@code reader} does, without a cluster.
 *
 * <p>{@code env} is one line {@code KEY=value} for each leaf, in byte order of whole lines, nothing quoted and no key
 * left out; {@code json} and {@code yaml} are what the Secret would hold, and end with a newline.
 */
public final class VaultSecretPrinter {
    private final RequestParser parser;
    private final SecretReader reader;

    public VaultSecretPrinter(VaultSecretDefaults defaults, SecretReader reader) {
        this.parser = new RequestParser(defaults);
        this.reader = reader;
    }

    /**
     * What there is to print. Does not print itself: it is secret.
     *
     * @param notices what was left out, and why
     */
    public record Printed(String text, List<Notice> notices) {
        @Override
        public String toString() {
            return "Printed(masked)";
        }
    }

    /**
     * Reads as the bearer of a token, whatever the VaultSecret says of authentication.
     *
     * @param spec what the manifest says, if it says anything
     * @param format {@code env}, {@code json} or {@code yaml} in any case; the VaultSecret's own does not count
     * @throws IllegalArgumentException if the VaultSecret or the format makes no sense; the message is for the user
     * @throws RecipeException if Vault did not give what is asked for, or it does not fit together
     */
    public Printed print(@Nullable VaultSecretSpec spec, String token, String format)
            throws RecipeException, InterruptedException {
        TargetFormat target = TargetFormat.parse(format)
                .orElseThrow(() -> new IllegalArgumentException(TargetFormat.invalid(format)));
        Request request = parser.parse("", "", RequestParser.withToken(spec, token));
        Access access = new Access(
                new StoreAddress("vault", request.address()), request.login().identity(reader));
        List<Notice> notices = new ArrayList<>();
        Json.Members tree = Merging.of(new Sources(reader, access).read(request.paths()), notices);
        String text = switch (target) {
            case ENV -> lines(tree, request.layout());
            case JSON -> JsonFormat.render(tree) + "\n";
            case YAML -> YamlFormat.render(tree, request.layout());
        };
        return new Printed(text, List.copyOf(notices));
    }

    private static String lines(Json.Members tree, Layout layout) throws RecipeException {
        Map<String, String> flat;
        try {
            flat = EnvFormat.flatten(tree, layout);
        } catch (ConflictException e) {
            throw Sources.failed("failed to create vault data: " + e.getMessage());
        }
        return flat.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .sorted(ByteOrder.COMPARATOR)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
