package io.keyferry.operator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.keyferry.engine.time.TimeSource;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The walls of docs/design.md that Maven modules do not hold by themselves. */
class ArchitectureTest {
    private static JavaClasses keyferry;

    @BeforeAll
    static void read() {
        keyferry = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.keyferry");
    }

    @Test
    void theEngineIsPlainJava() {
        classes()
                .that()
                .resideInAPackage("io.keyferry.engine..")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("io.keyferry.engine..", "java..", "javax.crypto..", "org.jspecify.."))
                .check(keyferry);
    }

    @Test
    void goTemplatesAreALibraryOfTheirOwn() {
        classes()
                .that()
                .resideInAnyPackage("io.keyferry.gotext..", "io.keyferry.gotemplate..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "io.keyferry.gotext..", "io.keyferry.gotemplate..", "java..", "org.jspecify.."))
                .check(keyferry);
    }

    @Test
    void dialectsKnowNoStoreAndNotEachOther() {
        noClasses()
                .that()
                .resideInAPackage("io.keyferry.dialect..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.keyferry.store..", "io.keyferry.operator..")
                .check(keyferry);
        slices().matching("io.keyferry.dialect.(*)..")
                .should()
                .notDependOnEachOther()
                .check(keyferry);
    }

    @Test
    void storesKnowTheEngineAlone() {
        noClasses()
                .that()
                .resideInAPackage("io.keyferry.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.keyferry.kubernetes..", "io.keyferry.dialect..", "io.fabric8..")
                .check(keyferry);
        slices().matching("io.keyferry.store.(*)..")
                .should()
                .notDependOnEachOther()
                .check(keyferry);
    }

    @Test
    void onlyTheirStoreKnowsAws() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.keyferry.store.aws..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon..")
                .check(keyferry);
    }

    @Test
    void onlyTheirStoreKnowsSpiffeAndGrpc() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.keyferry.store.vsecm..", "io.keyferry.testkit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.spiffe..", "io.grpc..", "com.google.protobuf..")
                .check(keyferry);
    }

    @Test
    void commandsKnowNeitherTheOperatorNorTheKubernetesClient() {
        noClasses()
                .that()
                .resideInAPackage("io.keyferry.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.keyferry.operator..", "io.keyferry.kubernetes..", "io.fabric8..")
                .check(keyferry);
    }

    @Test
    void onlyResourceTypesOfDialectsKnowTheKubernetesClient() {
        noClasses()
                .that()
                .resideInAPackage("io.keyferry.dialect..")
                .and()
                .doNotHaveSimpleName("VaultSecret")
                .and()
                .doNotHaveSimpleName("SyncedSecret")
                .and()
                .doNotHaveSimpleName("VSecMSecret")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fabric8.kubernetes.client..", "io.javaoperatorsdk..")
                .check(keyferry);
        noClasses()
                .that()
                .resideOutsideOfPackages("io.keyferry.kubernetes..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.javaoperatorsdk..")
                .check(keyferry);
    }

    @Test
    void packagesDoNotGoInCircles() {
        slices().matching("io.keyferry.(*).(*)..").should().beFreeOfCycles().check(keyferry);
        slices().matching("io.keyferry.engine.(*)..").should().beFreeOfCycles().check(keyferry);
    }

    @Test
    void nobodyButTheTimeSourceLooksAtTheClock() {
        noClasses()
                .that()
                .areNotAssignableTo(TimeSource.class)
                .and()
                .resideOutsideOfPackages("io.keyferry.testkit..", "io.keyferry.bench..")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .check(keyferry);
    }
}
