package io.watchfloor.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/// The arrows of `shared-protocol`, and what its packages must not know. Confined to its test.
class PureCoreTest {

    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target/classes"));
    private static final JavaClasses BAD = new ClassFileImporter().importClasses(KnowsJacksonAndTheClock.class);

    private static final ArchRule ONLY_THE_CODEC_KNOWS_JACKSON = noClasses().that()
            .resideOutsideOfPackage("io.watchfloor.protocol.codec..")
            .should().dependOnClassesThat().resideInAnyPackage("tools.jackson..", "com.fasterxml..");

    private static final ArchRule NO_CLOCK_OF_ITS_OWN = noClasses()
            .should().callMethod(System.class, "currentTimeMillis")
            .orShould().callMethod(System.class, "nanoTime")
            .orShould().callMethod(Instant.class, "now")
            .orShould().callMethod(Clock.class, "systemUTC");

    @Test
    void canary_theClassesAreSeen() {
        assertThat(CLASSES.stream().filter(JavaClass::isTopLevelClass)).hasSizeGreaterThan(40);
    }

    @Test
    void canary_aBadClassIsRefused() {
        assertThat(ONLY_THE_CODEC_KNOWS_JACKSON.evaluate(BAD).hasViolation()).isTrue();
        assertThat(NO_CLOCK_OF_ITS_OWN.evaluate(BAD).hasViolation()).isTrue();
    }

    @Test
    void documentAndSample_areAtTheEndOfTheArrows() {
        noClasses().that().resideInAnyPackage("io.watchfloor.document..", "io.watchfloor.sample..")
                .should().dependOnClassesThat().resideInAPackage("io.watchfloor.protocol..").check(CLASSES);
        noClasses().that().resideInAPackage("io.watchfloor.document..")
                .should().dependOnClassesThat().resideInAPackage("io.watchfloor.sample..").check(CLASSES);
    }

    @Test
    void messages_doNotKnowTheirCodec() {
        noClasses().that().resideInAnyPackage("io.watchfloor.protocol", "io.watchfloor.protocol.rest..")
                .should().dependOnClassesThat().resideInAPackage("io.watchfloor.protocol.codec..").check(CLASSES);
    }

    @Test
    void jackson_isKnownOnlyToTheCodec() {
        ONLY_THE_CODEC_KNOWS_JACKSON.check(CLASSES);
    }

    @Test
    void jacksonTwo_givesNothingButAnnotations() {
        noClasses().should().dependOnClassesThat(JavaClass.Predicates.resideInAPackage("com.fasterxml..")
                .and(JavaClass.Predicates.resideOutsideOfPackage("com.fasterxml.jackson.annotation..")))
                .check(CLASSES);
    }

    @Test
    void time_isPassedIn() {
        NO_CLOCK_OF_ITS_OWN.check(CLASSES);
    }

    @Test
    void noThreadsAndNoFilesOrSockets() {
        noClasses().should().dependOnClassesThat().areAssignableTo(Executor.class)
                .orShould().dependOnClassesThat().areAssignableTo(Thread.class)
                .orShould().dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..", "java.sql..")
                .check(CLASSES);
    }
}
