package io.keyferry.store.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.store.Reading;
import io.keyferry.engine.store.Reading.Inventory.Item;
import io.keyferry.engine.store.Reference;
import io.keyferry.testkit.Aws;
import io.keyferry.testkit.Own;
import io.keyferry.testkit.RealParts;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The listing tells names, ARNs, versions and tags of all secrets that have a value. */
@RealParts
class ListingTest {
    private static final String LISTING = "ListSecrets";

    @Test
    void everySecretIsListedHoweverManyPagesThereAre(@Own Aws aws) throws Exception {
        for (int i = 0; i < 101; i++) {
            aws.create("secret-%03d".formatted(i), "v");
        }
        try (AwsStore store = Stores.of(aws)) {
            assertThat(Stores.list(store).items()).hasSize(101).containsKeys("secret-000", "secret-100");
            assertThat(aws.calls(LISTING)).isEqualTo(2);
        }
    }

    @Test
    void anItemTellsArnVersionTimeAndTags(Aws aws) throws Exception {
        String name = aws.newName();
        String arn = aws.create(name, "v", Map.of("team", "a", "empty", ""));
        try (AwsStore store = Stores.of(aws)) {
            Item item = Stores.item(Stores.list(store), name);
            assertThat(item.id()).isEqualTo(arn);
            assertThat(item.version()).isEqualTo(aws.version(name));
            assertThat(item.changed()).isPresent();
            assertThat(item.tags()).isEqualTo(Map.of("team", "a", "empty", ""));
        }
    }

    @Test
    void aNewValueIsANewVersion(Aws aws) throws Exception {
        String name = aws.newName();
        aws.create(name, "v");
        try (AwsStore store = Stores.of(aws)) {
            String before = Stores.item(Stores.list(store), name).version();
            String put = aws.put(name, "w");
            assertThat(Stores.item(Stores.list(store), name).version())
                    .isEqualTo(put)
                    .isNotEqualTo(before);
        }
    }

    @Test
    void aSecretThatIsBeingDeletedIsNotListed(Aws aws) throws Exception {
        String name = aws.newName();
        aws.create(name, "v");
        try (AwsStore store = Stores.of(aws)) {
            assertThat(Stores.list(store).items()).containsKey(name);
            aws.delete(name);
            assertThat(Stores.list(store).items()).doesNotContainKey(name);
            aws.restore(name);
            assertThat(Stores.list(store).items()).containsKey(name);
        }
    }

    @Test
    void aNameStandsForItsListedSecretUntilThatTurnsOutToBeGone(Aws aws) throws Exception {
        String name = aws.newName();
        String before = aws.create(name, "v");
        Reference byName = Reference.secret(name);
        try (AwsStore store = Stores.of(aws)) {
            Stores.list(store);
            assertThat(store.canonical(AwsStore.OPERATOR, byName)).isEqualTo(Reference.secret(before));
            aws.destroy(name);
            aws.create(name, "w");
            assertThat(store.read(AwsStore.OPERATOR, Reference.secret(before))).isInstanceOf(Reading.Absent.class);
            assertThat(store.canonical(AwsStore.OPERATOR, byName)).isEqualTo(byName);
            assertThat(store.read(AwsStore.OPERATOR, byName)).isInstanceOf(Reading.Found.class);
        }
    }

    @Test
    void aSecretWithoutACurrentVersionIsNotListed(Aws aws) throws Exception {
        String name = aws.newName();
        aws.secrets("CreateSecret", Map.of("Name", name));
        try (AwsStore store = Stores.of(aws)) {
            assertThat(Stores.list(store).items()).doesNotContainKey(name);
        }
    }

    @Test
    void oddEntriesAreLeftOut(Aws aws) throws Exception {
        Answers.to(aws, LISTING, """
                {"SecretList":[
                  {},
                  {"Name":"no-arn","SecretVersionsToStages":{"v1":["AWSCURRENT"]}},
                  {"Name":"no-versions","ARN":"arn:1"},
                  {"Name":"pending","ARN":"arn:2","SecretVersionsToStages":{"v1":["AWSPENDING"],"v2":[]}},
                  {"Name":"deleted","ARN":"arn:3","DeletedDate":1.0,"SecretVersionsToStages":{"v1":["AWSCURRENT"]}},
                  {"Name":"twice","ARN":"arn:4","SecretVersionsToStages":{"v1":["AWSCURRENT"]}},
                  {"Name":"bare","ARN":"arn:5","Tags":[{"Key":"t"}],"SecretVersionsToStages":{"v0":["AWSPREVIOUS"],"v1":["x","AWSCURRENT"]}},
                  {"Name":"twice","ARN":"arn:6","SecretVersionsToStages":{"v2":["AWSCURRENT"]}}
                ]}""");
        try (AwsStore store = Stores.of(aws)) {
            Reading.Inventory inventory = Stores.list(store);
            assertThat(inventory.items()).containsOnlyKeys("bare", "twice");
            assertThat(Stores.item(inventory, "twice").id()).isEqualTo("arn:6");
            assertThat(Stores.item(inventory, "bare").version()).isEqualTo("v1");
            assertThat(Stores.item(inventory, "bare").changed()).isEmpty();
            assertThat(Stores.item(inventory, "bare").tags()).isEqualTo(Map.of("t", ""));
        }
    }

    @Test
    void theListingOfANameOrAnArnHoldsThatSecretAlone(Aws aws) throws Exception {
        String name = aws.newName();
        String arn = aws.create(name, "v", Map.of("team", "a"));
        try (AwsStore store = Stores.of(aws)) {
            Reading byName = store.read(AwsStore.OPERATOR, Reference.listing(name));
            assertThat(((Reading.Inventory) byName).items()).containsOnlyKeys(name);
            Item item = Stores.item((Reading.Inventory) byName, name);
            assertThat(item.id()).isEqualTo(arn);
            assertThat(item.tags()).isEqualTo(Map.of("team", "a"));
            assertThat(item.version()).isEqualTo(aws.version(name));
            assertThat(store.read(AwsStore.OPERATOR, Reference.listing(arn))).isEqualTo(byName);
        }
    }

    @Test
    void theListingOfASecretThatIsNotThereIsEmpty(Aws aws) throws Exception {
        String deleted = aws.newName();
        aws.create(deleted, "v");
        aws.delete(deleted);
        try (AwsStore store = Stores.of(aws)) {
            Reading.Inventory none = new Reading.Inventory(Map.of(), Map.of());
            assertThat(store.read(AwsStore.OPERATOR, Reference.listing(aws.newName())))
                    .isEqualTo(none);
            assertThat(store.read(AwsStore.OPERATOR, Reference.listing(deleted)))
                    .isEqualTo(none);
        }
    }
}
