package io.keyferry.dialect.vaultsecret;

import io.keyferry.engine.Recipe;
import io.keyferry.engine.RecipeException;
import io.keyferry.engine.content.Notice;
import io.keyferry.engine.content.SecretContent;
import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.read.SecretReader;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.StoreAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads all paths, merges them in order and lays them out. */
final class VaultSecretRecipe implements Recipe {
    static final String LINKS_ANNOTATION = "k8s-vault-operator/vault-ui-urls";

    private final Request request;
    private final StoreAddress vault;
    private final UiLinks links;

    VaultSecretRecipe(Request request, UiLinks links) {
        this.request = request;
        this.vault = new StoreAddress("vault", request.address());
        this.links = links;
    }

    @Override
    public SecretContent evaluate(SecretReader reader) throws RecipeException, InterruptedException {
        Access access = new Access(vault, request.login().identity(reader));
        List<Sources.Source> sources = new Sources(reader, access).read(request.paths());
        List<Notice> notices = new ArrayList<>();
        Map<String, SecretValue> data = lay(merge(sources, notices), notices);
        String urls = sources.stream()
                .map(source -> links.link(source.path(), source.attributes()))
                .collect(Collectors.joining(", "));
        return new SecretContent(
                data, Labels.of(request.name()), Map.of(LINKS_ANNOTATION, urls), "Opaque", isVacant(sources), notices);
    }

    /** Nothing left of what was asked for; asking for nothing is another matter. */
    private static boolean isVacant(List<Sources.Source> sources) {
        return !sources.isEmpty()
                && sources.stream()
                        .flatMap(source -> source.items().stream())
                        .noneMatch(item -> item.reading() instanceof Reading.Found);
    }

    private static Json.Members merge(List<Sources.Source> sources, List<Notice> notices) throws RecipeException {
        Merge merge = new Merge();
        for (Sources.Source source : sources) {
            for (Sources.Item item : source.items()) {
                try {
                    merge.add(source.path().prefix(), source.path().relative(item.path()), members(item, notices));
                } catch (ConflictException e) {
                    throw Sources.failed("failed to create vault data: " + e.getMessage());
                } catch (IllegalArgumentException e) {
                    throw Sources.failed("failed to read paths from vault: " + item.path() + ": " + e.getMessage());
                }
            }
        }
        return merge.result();
    }

    private static SortedMap<String, Json> members(Sources.Item item, List<Notice> notices) {
        return switch (item.reading()) {
            case Reading.Found found -> JsonReader.members(found.value());
            case Reading.Absent absent -> {
                if (absent.cause() == Reading.Absent.Cause.MISSING) {
                    notices.add(new Notice(item.path(), "path doesn't exist"));
                }
                yield new TreeMap<>();
            }
            case Reading.Listing ignored -> throw new IllegalArgumentException("the store answered with a listing");
        };
    }

    private Map<String, SecretValue> lay(Json.Members tree, List<Notice> notices) throws RecipeException {
        String format = request.format().toLowerCase(Locale.ROOT);
        TargetFormat target = TargetFormat.parse(format)
                .orElseThrow(() -> RecipeException.rejected(
                        Reason.SYNC_REJECTED.problem("invalid target format: \"" + format + "\"")));
        try {
            return target.render(tree, request.layout(), notices);
        } catch (ConflictException e) {
            throw Sources.failed("failed to create vault data: " + e.getMessage());
        }
    }
}
