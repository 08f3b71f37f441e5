package io.keyferry.dialect.syncedsecret;

import io.keyferry.engine.RecipeException;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reading.Inventory.Item;
import java.util.Optional;

/**
 * The tag rule, for objects that name an AWS account: a secret may be read if it carries a tag that names the type of
 * the object's namespace.
 */
final class TagRule {
    private static final String TYPE_LABEL = "k8s.contentful.com/namespace-type";
    private static final String TYPE_TAG = "k8s.contentful.com/namespace_type/";
    private static final String ALLOWED = "1";

    private final String partition;

    TagRule(String partition) {
        this.partition = partition;
    }

    Permission permit(Namespaces namespace, String account, AwsReader aws, SecretNames names) throws RecipeException {
        String type = namespace.labels().get(TYPE_LABEL);
        if (type == null) {
            throw Reason.SECRET_DENIED.denial(
                    "namespace %s has no label %s, which AWSAccountID needs".formatted(namespace.name(), TYPE_LABEL));
        }
        Identity identity = new Identity.Role("arn:%s:iam::%s:role/secret-syncer".formatted(partition, account));
        return new Permission() {
            @Override
            public Identity identity() {
                return identity;
            }

            @Override
            public void check(String id) throws RecipeException, InterruptedException {
                Optional<Item> secret = find(id, account, identity, aws, names);
                if (secret.isEmpty()) {
                    throw Reason.SECRET_MISSING.failure(
                            "%s does not exist in account %s".formatted(names.of(id), account));
                }
                if (!ALLOWED.equals(secret.get().tags().get(TYPE_TAG + type))) {
                    throw Reason.SECRET_DENIED.denial(
                            "%s has no tag %s%s with value 1, so that namespace %s may not read it"
                                    .formatted(names.of(id), TYPE_TAG, type, namespace.name()));
                }
            }
        };
    }

    /** The listing tells the tags of the operator's own account for nothing. */
    private static Optional<Item> find(String id, String account, Identity identity, AwsReader aws, SecretNames names)
            throws RecipeException, InterruptedException {
        Reading.Inventory listing = aws.listing();
        Optional<Item> listed = Optional.ofNullable(listing.items().get(id))
                .or(() -> listing.items().values().stream()
                        .filter(item -> item.id().equals(id))
                        .findFirst())
                .filter(item -> account.equals(accountOf(item.id())));
        if (listed.isPresent()) {
            return listed;
        }
        try {
            return aws.description(identity, id).items().values().stream().findFirst();
        } catch (RecipeException e) {
            throw names.isPublic(id) ? e : Reason.READ_FAILED.failure(names.of(id) + " cannot be described");
        }
    }

    private static String accountOf(String arn) {
        String[] parts = arn.split(":", 6);
        return parts.length == 6 ? parts[4] : "";
    }
}
