package io.frametag.it;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/** One direction, models, operators, connectors, jobs; and no package that needs itself. */
@AnalyzeClasses(packages = "io.frametag", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule ONE_DIRECTION =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("models")
                    .definedBy("io.frametag.models..")
                    .layer("operators")
                    .definedBy("io.frametag.operators..")
                    .layer("connectors")
                    .definedBy("io.frametag.connectors..")
                    .layer("jobs")
                    .definedBy("io.frametag.jobs..")
                    .whereLayer("jobs")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("connectors")
                    .mayOnlyBeAccessedByLayers("jobs")
                    .whereLayer("operators")
                    .mayOnlyBeAccessedByLayers("connectors", "jobs")
                    .whereLayer("models")
                    .mayOnlyBeAccessedByLayers("operators", "connectors", "jobs");

    @ArchTest
    static final ArchRule EVERY_CLASS_HAS_ITS_LAYER =
            ArchRuleDefinition.classes()
                    .should()
                    .resideInAnyPackage(
                            "io.frametag.models..",
                            "io.frametag.operators..",
                            "io.frametag.connectors..",
                            "io.frametag.jobs..");

    @ArchTest
    static final ArchRule MODELS_WITHOUT_FLINK_AND_KAFKA =
            ArchRuleDefinition.noClasses()
                    .that()
                    .resideInAPackage("io.frametag.models..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule OPERATORS_WITHOUT_KAFKA =
            ArchRuleDefinition.noClasses()
                    .that()
                    .resideInAPackage("io.frametag.operators..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.kafka..");

    /** A module's own package is left aside: it holds what users name and what all packages use. */
    @ArchTest
    static final ArchRule NO_PACKAGE_CYCLES =
            slices().matching("io.frametag.(*).(**)").should().beFreeOfCycles();
}
