package io.watchfloor.benchmark.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.watchfloor.benchmark.architecture.util.BadHelper;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The rules that hold for every module: names, null-marking, and who may see whom. Confined to its test.
class HouseRulesTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.contains("test-classes")).importPackages("io.watchfloor");
    private static final JavaClasses BAD = new ClassFileImporter().importClasses(BadHelper.class);

    private static final ArchRule NAMES_SAY_WHAT_THINGS_ARE = noClasses()
            .should().haveNameMatching(".*(Impl|Helper|Utils?|Manager)(\\$.*)?")
            .orShould().resideInAnyPackage("..util..", "..common..", "..helper..", "..impl..", "..dto..", "..entity..",
                    "..manager..");

    @Test
    void canary_theClassesOfAllModulesAreSeen() {
        assertThat(CLASSES.stream().filter(JavaClass::isTopLevelClass)).hasSizeGreaterThan(80);
        assertThat(CLASSES.stream().map(JavaClass::getPackageName)).contains("io.watchfloor.document",
                "io.watchfloor.server.store", "io.watchfloor.client.sync");
    }

    @Test
    void canary_aBadClassIsRefused() {
        assertThat(NAMES_SAY_WHAT_THINGS_ARE.evaluate(BAD).getFailureReport().getDetails()).hasSize(2);
    }

    @Test
    void names_sayWhatThingsAre() {
        NAMES_SAY_WHAT_THINGS_ARE.check(CLASSES);
    }

    @Test
    void packages_areNullMarked() {
        Set<String> unmarked = CLASSES.stream().map(JavaClass::getPackage)
                .filter(place -> !place.isAnnotatedWith(NullMarked.class)).map(JavaPackage::getName)
                .collect(Collectors.toSet());
        assertThat(unmarked).as("but what JMH writes")
                .isSubsetOf("io.watchfloor.launcher", "io.watchfloor.benchmark.jmh.jmh_generated");
    }

    @Test
    void serverAndDesktop_doNotSeeEachOther() {
        noClasses().that().resideInAPackage("io.watchfloor.server..")
                .should().dependOnClassesThat().resideInAPackage("io.watchfloor.client..").check(CLASSES);
        noClasses().that().resideInAPackage("io.watchfloor.client..")
                .should().dependOnClassesThat().resideInAPackage("io.watchfloor.server..").check(CLASSES);
        classes().that().resideInAnyPackage("io.watchfloor.document..", "io.watchfloor.sample..",
                "io.watchfloor.protocol..").should().onlyDependOnClassesThat()
                .resideOutsideOfPackages("io.watchfloor.server..", "io.watchfloor.client..").check(CLASSES);
    }
}
