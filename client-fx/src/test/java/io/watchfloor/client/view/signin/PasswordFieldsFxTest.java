package io.watchfloor.client.view.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.FxThread;
import io.watchfloor.client.sync.rest.Account;
import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.sync.rest.SignIns;
import io.watchfloor.client.view.account.AccountModel;
import io.watchfloor.client.view.account.AccountView;
import io.watchfloor.client.view.account.FactorModel;
import io.watchfloor.client.view.account.SignInsModel;
import io.watchfloor.client.view.factor.FakeFactor;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.SessionList;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Test;

class PasswordFieldsFxTest {

    private static final String SECRET = "correct horse battery";

    private static Parent signIn() {
        return shown(
                new SignInView(new SignInModel((_, _, _, _) -> new CompletableFuture<Outcome<String>>(), Pause.real()),
                        () -> {})
                        .node());
    }

    private static Parent shown(Node node) {
        Parent parent = (Parent) node;
        new Scene(parent, 800, 600);
        parent.applyCss();
        parent.layout();
        return parent;
    }

    private static <T> List<T> all(Node node, Class<T> type) {
        List<T> found = new ArrayList<>();
        collect(node, type, found);
        return found;
    }

    private static <T> void collect(Node node, Class<T> type, List<T> found) {
        if (type.isInstance(node)) {
            found.add(type.cast(node));
        }
        if (node instanceof ScrollPane scroll && scroll.getContent() != null && scroll.getSkin() == null) {
            collect(scroll.getContent(), type, found);
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, type, found));
        }
    }

    @Test
    void fields_hideWhatIsTyped() throws Exception {
        FxThread.run(() -> {
            Parent view = signIn();
            List<TextInputControl> secrets = all(view, TextInputControl.class).stream()
                    .filter(field -> String.valueOf(field.getId()).contains("password")).toList();
            assertThat(secrets).isNotEmpty().allMatch(PasswordField.class::isInstance);
            secrets.forEach(field -> field.setText(SECRET));
            view.applyCss();
            view.layout();
            assertThat(all(view, Text.class)).extracting(Text::getText).doesNotContain(SECRET);
        });
    }

    @Test
    void fields_takeWhatIsPasted() throws Exception {
        FxThread.run(() -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(SECRET);
            Clipboard.getSystemClipboard().setContent(content);
            PasswordField field = all(signIn(), PasswordField.class).getFirst();
            field.paste();
            assertThat(field.getText()).isEqualTo(SECRET);
            Clipboard.getSystemClipboard().clear();
        });
    }

    private static final class NoSignIns implements SignIns {

        @Override
        public CompletableFuture<Outcome<SessionList>> list() {
            return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<Outcome<Account.Done>> end(String id) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<Outcome<Account.Done>> endOthers() {
            return new CompletableFuture<>();
        }
    }

    @Test
    void wayOut_isOnTheAccountPage() throws Exception {
        FxThread.run(() -> {
            int[] out = new int[1];
            AccountModel model = new AccountModel(new AccountModel.Who("ann", Role.EDITOR, "wall"),
                    (_, _) -> new CompletableFuture<>(), new FactorModel(new FakeFactor(), Pause::real, _ -> {}),
                    new SignInsModel(new NoSignIns(), () -> 0, ZoneOffset.UTC, _ -> {}), _ -> {}, () -> out[0]++);
            Parent page = shown(new AccountView(model, _ -> Optional.empty()).node());
            Button button = all(page, Button.class).stream().filter(each -> "Sign out".equals(each.getText()))
                    .findFirst().orElseThrow();
            assertThat(button.isVisible()).isTrue();
            button.fire();
            assertThat(out[0]).isEqualTo(1);
        });
    }
}
