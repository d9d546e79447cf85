package io.watchfloor.client.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.watchfloor.client.sync.canary.SyncThatKnowsJavaFx;
import java.nio.file.Path;
import java.util.List;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import org.junit.jupiter.api.Test;

/// The arrows of `client-fx`, and the one place of each library. Confined to its test.
class ClientArrowsTest {

    private static final String ROOT = "io.watchfloor.client";
    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target/classes"));
    private static final JavaClasses BAD = new ClassFileImporter().importClasses(SyncThatKnowsJavaFx.class);

    private static final ArchRule SYNC_KNOWS_NO_JAVAFX = noClasses().that().resideInAPackage(ROOT + ".sync..")
            .should().dependOnClassesThat().resideInAPackage("javafx..").allowEmptyShould(true);

    @Test
    void canary_theClassesAreSeen() {
        assertThat(CLASSES.stream().filter(JavaClass::isTopLevelClass)).hasSizeGreaterThan(15);
    }

    @Test
    void canary_aBadClassIsRefused() {
        assertThat(SYNC_KNOWS_NO_JAVAFX.evaluate(BAD).hasViolation()).isTrue();
    }

    @Test
    void sync_knowsNoJavaFx() {
        SYNC_KNOWS_NO_JAVAFX.check(CLASSES);
    }

    @Test
    void model_knowsNoNodes() {
        noClasses().that().resideInAPackage(ROOT + ".model..")
                .should().dependOnClassesThat().resideInAnyPackage("javafx.scene..", "javafx.stage..", "atlantafx..")
                .allowEmptyShould(true).check(CLASSES);
    }

    /// app -> view -> widget -> model -> sync
    @Test
    void arrows_goOneWay() {
        List<String> layers = List.of("app", "view", "widget", "model", "sync");
        for (int i = 1; i < layers.size(); i++) {
            String[] above = layers.subList(0, i).stream().map(layer -> ROOT + "." + layer + "..")
                    .toArray(String[]::new);
            noClasses().that().resideInAPackage(ROOT + "." + layers.get(i) + "..")
                    .should().dependOnClassesThat().resideInAnyPackage(above).allowEmptyShould(true).check(CLASSES);
        }
    }

    @Test
    void webSockets_areKnownOnlyToTheTransport() {
        noClasses().that().resideOutsideOfPackage(ROOT + ".sync.transport..")
                .should().dependOnClassesThat().resideInAnyPackage("jakarta.websocket..", "org.glassfish..")
                .check(CLASSES);
    }

    @Test
    void theKeyStore_isKnownInOnePlace() {
        noClasses().that().haveNameNotMatching(".*\\.KeyringSecretStore(\\$.*)?")
                .should().dependOnClassesThat().resideInAPackage("com.github.javakeyring..").check(CLASSES);
    }

    @Test
    void jackson_isBehindTheCodec() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage("tools.jackson..", "com.fasterxml..")
                .check(CLASSES);
    }

    @Test
    void theFxThread_isEnteredInOnePlace() {
        assertThat(callsOf(Platform.class, "runLater")).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void bindings_areMadeWithMapAndWhen() {
        assertThat(callsOf(Bindings.class, "create")).isEmpty();
    }

    private static List<String> callsOf(Class<?> owner, String prefix) {
        return CLASSES.stream().flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().isEquivalentTo(owner))
                .filter(call -> call.getTarget().getName().startsWith(prefix))
                .map(call -> call.getOriginOwner().getName()).distinct().toList();
    }
}
