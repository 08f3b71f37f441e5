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
import java.util.Map;
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
        Map<String, SecretValue> data = lay(Merging.of(sources, notices), notices);
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

    private Map<String, SecretValue> lay(Json.Members tree, List<Notice> notices) throws RecipeException {
        TargetFormat target = TargetFormat.parse(request.format())
                .orElseThrow(() ->
                        RecipeException.rejected(Reason.SYNC_REJECTED.problem(TargetFormat.invalid(request.format()))));
        try {
            return target.render(tree, request.layout(), notices);
        } catch (ConflictException e) {
            throw Sources.failed("failed to create vault data: " + e.getMessage());
        }
    }
}
