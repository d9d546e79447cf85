package io.watchfloor.client.view.account;

import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.view.signin.PasswordModel;
import io.watchfloor.client.view.signin.Pause;
import io.watchfloor.protocol.Role;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;

/// What the page of one's own account shows and does. FX thread only.
public final class AccountModel {

    /// Who is signed in.
    ///
    /// @param server as people write it
    public record Who(String name, Role role, String server) {

        /// The role, and what it means.
        public String roleText() {
            return switch (role) {
                case VIEWER -> "Viewer: sees dashboards";
                case EDITOR -> "Editor: makes dashboards and edits those that are shared";
                case ADMIN -> "Administrator: looks after people and may edit every dashboard";
            };
        }
    }

    private final Who who;
    private final BooleanProperty changingPassword = new SimpleBooleanProperty();
    private final PasswordModel password;
    private final FactorModel factor;
    private final SignInsModel signIns;
    private final Runnable signOut;
    /// @param changer of the password
    /// @param told takes sentences about what was done
    public AccountModel(Who who, PasswordModel.Changer changer, FactorModel factor, SignInsModel signIns,
            Consumer<String> told, Runnable signOut) {
        this.who = who;
        this.password = new PasswordModel("", (before, after) -> changer.change(before, after).thenApply(outcome -> {
            if (outcome instanceof Outcome.Ok<?>) {
                changingPassword.set(false);
                told.accept("The password is changed. Your sign-ins everywhere else have ended.");
                signIns.refresh();
            }
            return outcome;
        }), Pause.real());
        this.factor = factor;
        this.signIns = signIns;
        factor.onChanged(signIns::factorChanged);
        this.signOut = signOut;
    }

    /// Says of something that was not done for want of a server that it can be done later.
    static String needsServer(String sentence) {
        return sentence + " Your account is kept there: this works again once it can be reached.";
    }

    public Who who() {
        return who;
    }

    PasswordModel password() {
        return password;
    }

    FactorModel factor() {
        return factor;
    }

    SignInsModel signIns() {
        return signIns;
    }

    /// Whether the fields for another password are open.
    public BooleanProperty changingPasswordProperty() {
        return changingPassword;
    }

    /// Asks the server anew for what can change without this desktop.
    public void refresh() {
        factor.refresh();
        signIns.refresh();
    }

    public void signOut() {
        signOut.run();
    }
}
