package io.keyferry.store.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.content.SecretValue;
import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Following;
import io.keyferry.engine.store.Identity;
import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reference;
import io.keyferry.engine.store.StoreFailure;
import io.keyferry.engine.store.StoreFailure.Kind;
import io.keyferry.engine.store.StoreFailure.Phase;
import io.keyferry.testkit.Aws;
import io.keyferry.testkit.RealParts;
import org.junit.jupiter.api.Test;

/** Secrets are read as the roles that were asked for, of whatever account, and listed as the search role. */
@RealParts
class RolesTest {
    private final Aws aws;
    private final String name;

    RolesTest(Aws aws) {
        this.aws = aws;
        this.name = aws.newName();
    }

    /** A secret in another account is made through a role there, as moto knows accounts by nothing else. */
    private String createElsewhere(String value) throws Exception {
        try (Connections connections = Stores.connections(aws)) {
            Identity there = new Identity.Role(Stores.role(Stores.ELSEWHERE, "maker"));
            return connections
                    .secrets(there)
                    .createSecret(request -> request.name(name).secretString(value))
                    .arn();
        }
    }

    @Test
    void aRoleIsTakenOnOnceForAllReads() throws Exception {
        aws.create(name, "v");
        Access reader = Stores.as(Stores.role(Aws.ACCOUNT, "reader"));
        try (AwsStore store = Stores.of(aws)) {
            for (int i = 0; i < 3; i++) {
                assertThat(Stores.text(store.read(reader, Reference.secret(name))))
                        .isEqualTo("v");
            }
            assertThat(aws.calls("AssumeRole")).isEqualTo(1);
            store.read(Stores.as(Stores.role(Aws.ACCOUNT, "other")), Reference.secret(name));
            assertThat(aws.calls("AssumeRole")).isEqualTo(2);
        }
    }

    @Test
    void theOperatorItselfTakesOnNoRole() throws Exception {
        aws.create(name, "v");
        try (AwsStore store = Stores.of(aws)) {
            assertThat(Stores.text(Stores.secret(store, name))).isEqualTo("v");
            assertThat(aws.actions()).containsExactly("GetSecretValue");
        }
    }

    @Test
    void aRoleOfAnotherAccountSeesThatAccountsSecrets() throws Exception {
        aws.create(name, "here");
        createElsewhere("there");
        try (AwsStore store = Stores.of(aws)) {
            Access there = Stores.as(Stores.role(Stores.ELSEWHERE, "reader"));
            assertThat(Stores.text(store.read(there, Reference.secret(name)))).isEqualTo("there");
            assertThat(Stores.text(Stores.secret(store, name))).isEqualTo("here");
        }
    }

    @Test
    void aSearchRoleLists() throws Exception {
        aws.create(name, "here");
        String arn = createElsewhere("there");
        aws.proxy().forget();
        try (AwsStore store = Stores.of(aws, Stores.role(Stores.ELSEWHERE, "searcher"), new ManualTime())) {
            assertThat(Stores.item(Stores.list(store), name).id()).isEqualTo(arn);
            assertThat(aws.actions()).containsExactly("AssumeRole", "ListSecrets");
        }
    }

    @Test
    void aSearchRoleMayHaveAShortName() throws Exception {
        aws.create(name, "here");
        try (AwsStore store = Stores.of(aws, "path/searcher", new ManualTime())) {
            assertThat(Stores.list(store).items()).containsKey(name);
            assertThat(aws.actions()).containsExactly("GetCallerIdentity", "AssumeRole", "ListSecrets");
        }
    }

    @Test
    void aListedSecretIsTheSameByNameAndByArn() throws Exception {
        Reference byArn = Reference.secret(aws.create(name, "v"));
        Reference byName = Reference.secret(name);
        Access reader = Stores.as(Stores.role(Aws.ACCOUNT, "reader"));
        try (AwsStore store = Stores.of(aws)) {
            assertThat(store.canonical(AwsStore.OPERATOR, byName)).isEqualTo(byName);
            Stores.list(store);
            assertThat(store.canonical(AwsStore.OPERATOR, byName)).isEqualTo(byArn);
            assertThat(store.canonical(AwsStore.OPERATOR, byArn)).isEqualTo(byArn);
            assertThat(store.canonical(reader, byName)).isEqualTo(byArn);
            assertThat(store.canonical(reader, Reference.listing(name))).isEqualTo(Reference.listing(name));
            assertThat(store.canonical(reader, Reference.secret("not-listed")))
                    .isEqualTo(Reference.secret("not-listed"));
        }
    }

    @Test
    void aNameMeansAnotherSecretInAnotherAccount() throws Exception {
        aws.create(name, "here");
        Reference byName = Reference.secret(name);
        try (AwsStore store = Stores.of(aws)) {
            Stores.list(store);
            Access there = Stores.as(Stores.role(Stores.ELSEWHERE, "reader"));
            assertThat(store.canonical(there, byName)).isEqualTo(byName);
        }
    }

    @Test
    void whereARoleListsAListedNameSaysNothingOfTheOperatorsOwn() throws Exception {
        Reference byArn = Reference.secret(createElsewhere("there"));
        Reference byName = Reference.secret(name);
        try (AwsStore store = Stores.of(aws, Stores.role(Stores.ELSEWHERE, "searcher"), new ManualTime())) {
            Stores.list(store);
            assertThat(store.canonical(AwsStore.OPERATOR, byName)).isEqualTo(byName);
            assertThat(store.canonical(Stores.as(Stores.role(Stores.ELSEWHERE, "reader")), byName))
                    .isEqualTo(byArn);
        }
    }

    @Test
    void describingASecretIsDoneAsTheRoleThatAsks() throws Exception {
        String arn = createElsewhere("there");
        try (AwsStore store = Stores.of(aws)) {
            Reading there = store.read(Stores.as(Stores.role(Stores.ELSEWHERE, "reader")), Reference.listing(name));
            assertThat(Stores.item((Reading.Inventory) there, name).id()).isEqualTo(arn);
        }
    }

    @Test
    void secretsAreFollowedByTheOperatorsListing() throws Exception {
        try (AwsStore store = Stores.of(aws)) {
            Access reader = Stores.as(Stores.role(Aws.ACCOUNT, "reader"));
            assertThat(store.following(reader, Reference.secret(name)))
                    .isInstanceOfSatisfying(Following.Told.class, told -> {
                        assertThat(told.access()).isEqualTo(AwsStore.OPERATOR);
                        assertThat(told.listing()).isEqualTo(Reference.listing(""));
                    });
            assertThat(store.following(reader, Reference.listing(""))).isInstanceOf(Following.Telling.class);
            assertThat(store.following(reader, Reference.principal("x"))).isEqualTo(new Following.Announced());
        }
    }

    @Test
    void aTokenIsNoIdentityForAws() {
        Access bearer = new Access(AwsStore.OPERATOR.store(), new Identity.Token(SecretValue.utf8("hidden")));
        try (AwsStore store = Stores.of(aws)) {
            StoreFailure failure = Stores.failure(() -> store.read(bearer, Reference.secret(name)));
            assertThat(failure)
                    .isEqualTo(new StoreFailure(
                            Kind.INVALID, Phase.AUTHENTICATE, "AWS is spoken to as a role or as the operator itself"));
        }
    }

    @Test
    void rolesShareOneThreadThatWatchesTheTime() throws Exception {
        try (AwsStore store = Stores.of(aws)) {
            for (int i = 0; i < 10; i++) {
                store.read(Stores.as(Stores.role(Aws.ACCOUNT, "reader-" + i)), Reference.secret(name));
            }
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(thread -> thread.startsWith("sdk-"));
        }
    }
}
