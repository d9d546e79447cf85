package io.watchfloor.client.view.administration;

import io.watchfloor.client.sync.rest.Administration;
import io.watchfloor.client.view.window.Notices;
import io.watchfloor.protocol.rest.CreatedServiceToken;
import io.watchfloor.protocol.rest.NewServiceToken;
import io.watchfloor.protocol.rest.Scope;
import io.watchfloor.protocol.rest.ServiceTokenList;
import io.watchfloor.protocol.rest.ServiceTokenRow;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import org.jspecify.annotations.Nullable;

/// What the page of programs and their tokens shows and does. FX thread only.
public final class ProgramsModel implements SectionModel {

    /// Days until a token expires, to choose from.
    public static final List<Integer> DAYS = List.of(30, 90, 365, 730);

    private final Administration administration;
    private final Notices notices;
    private final Asked<ServiceTokenList> tokens;
    private final ReadOnlyObjectWrapper<@Nullable CreatedServiceToken> made = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable String> revoking = new ReadOnlyObjectWrapper<>();

    public ProgramsModel(Administration administration, Notices notices) {
        this.administration = administration;
        this.notices = notices;
        tokens = new Asked<>(administration::serviceTokens, notices);
    }

    @Override
    public void refresh() {
        tokens.refresh();
    }

    public ReadOnlyObjectProperty<Loaded<ServiceTokenList>> tokensProperty() {
        return tokens.stateProperty();
    }

    /// Why the last thing asked for was not done; empty for nothing.
    @Override
    public ReadOnlyStringProperty problemProperty() {
        return tokens.problemProperty();
    }

    /// The token that was just made: its text is shown now, and never again.
    public ReadOnlyObjectProperty<@Nullable CreatedServiceToken> madeProperty() {
        return made.getReadOnlyProperty();
    }

    /// Id of the token that is asked about, whether it is to be revoked; null for none.
    public ReadOnlyObjectProperty<@Nullable String> revokingProperty() {
        return revoking.getReadOnlyProperty();
    }

    /// @param refused told where it was not made
    public void add(String name, List<Scope> scopes, int days, Runnable refused) {
        tokens.act(administration.addServiceToken(new NewServiceToken(name.strip(), scopes, days)), made::set,
                refused);
    }

    /// Forgets the text.
    public void putAway() {
        made.set(null);
    }

    /// @param id null takes the question back
    public void askToRevoke(@Nullable String id) {
        revoking.set(id);
    }

    public void revoke(ServiceTokenRow token) {
        revoking.set(null);
        tokens.act(administration.revokeServiceToken(token.id()), _ -> {
            CreatedServiceToken shown = made.get();
            if (shown != null && shown.row().id().equals(token.id())) {
                made.set(null);
            }
            notices.show("'" + token.name() + "' is revoked. The server refuses it from now on.");
        });
    }

    @Override
    public void close() {
        tokens.close();
    }
}
