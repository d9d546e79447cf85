package io.watchfloor.server.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.watchfloor.server.room.canary.RoomThatKnowsSql;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The arrows of `server`, and the one place of each library. Confined to its test.
class ServerArrowsTest {

    private static final String ROOT = "io.watchfloor.server";
    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target/classes"));
    private static final JavaClasses BAD = new ClassFileImporter().importClasses(RoomThatKnowsSql.class);

    private static final ArchRule SQL_ONLY_IN_ITS_ADAPTERS = only(
            in("..postgres.."), "java.sql..", "javax.sql..", "org.jdbi..", "org.postgresql..", "com.zaxxer..",
            "org.flywaydb..", "io.zonky..");

    @Test
    void canary_theClassesAreSeen() {
        assertThat(CLASSES.stream().filter(JavaClass::isTopLevelClass)).hasSizeGreaterThan(15);
    }

    @Test
    void canary_aBadClassIsRefused() {
        assertThat(SQL_ONLY_IN_ITS_ADAPTERS.evaluate(BAD).hasViolation()).isTrue();
    }

    @Test
    void sql_isKnownOnlyToPostgresAdapters() {
        SQL_ONLY_IN_ITS_ADAPTERS.check(CLASSES);
    }

    @Test
    void jetty_isKnownOnlyToTheEdgesAndTheRoot() {
        only(in(ROOT, ROOT + ".ws..", ROOT + ".http.."), "org.eclipse.jetty..").check(CLASSES);
    }

    @Test
    void jedis_isKnownOnlyToRedisAdapters() {
        only(in("..redis.."), "redis.clients..").check(CLASSES);
    }

    @Test
    void tokensAndPasswords_areMadeOnlyInAuth() {
        only(in(ROOT + ".auth.."), "com.auth0..", "com.password4j..").check(CLASSES);
    }

    @Test
    void jackson_isBehindTheCodec() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson..")
                .check(CLASSES);
    }

    @Test
    void adapters_areKnownOnlyToTheRoot() {
        noClasses().that().resideInAPackage(ROOT + ".*..").and()
                .resideOutsideOfPackages("..postgres..", "..redis..", "..memory..")
                .should().dependOnClassesThat().resideInAnyPackage("..server..postgres..", "..server..redis..",
                        "..server..memory..")
                .check(CLASSES);
    }

    @Test
    void theRoot_isKnownToNobody() {
        noClasses().that().resideInAPackage(ROOT + ".*..")
                .should().dependOnClassesThat().resideInAPackage(ROOT).check(CLASSES);
    }

    @Test
    void edges_areKnownOnlyToTheRoot() {
        noClasses().that().resideOutsideOfPackages(ROOT, ROOT + ".ws..", ROOT + ".http..")
                .should().dependOnClassesThat().resideInAnyPackage(ROOT + ".ws..", ROOT + ".http..").check(CLASSES);
    }

    @Test
    void sessions_areKnownOnlyToEdgesAndTheRoot() {
        noClasses().that().resideOutsideOfPackages(ROOT, ROOT + ".ws..", ROOT + ".http..", ROOT + ".session..")
                .should().dependOnClassesThat().resideInAPackage(ROOT + ".session..").check(CLASSES);
    }

    @Test
    void ports_knowNobodyInTheServer() {
        for (String port : new String[]{"bus", "store"}) {
            noClasses().that().resideInAPackage(ROOT + "." + port)
                    .should()
                    .dependOnClassesThat(in(ROOT + "..").and(in(ROOT + "." + port + "..").negate().as("not it")))
                    .check(CLASSES);
        }
    }

    private static DescribedPredicate<JavaClass> in(String... packages) {
        return JavaClass.Predicates.resideInAnyPackage(packages);
    }

    private static ArchRule only(DescribedPredicate<JavaClass> place, String... libraries) {
        return noClasses().that(DescribedPredicate.not(place)).should().dependOnClassesThat()
                .resideInAnyPackage(libraries);
    }
}
