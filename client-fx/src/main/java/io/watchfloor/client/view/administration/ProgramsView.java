package io.watchfloor.client.view.administration;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.window.SidePanel;
import io.watchfloor.client.widget.Icons;
import io.watchfloor.protocol.rest.CreatedServiceToken;
import io.watchfloor.protocol.rest.Scope;
import io.watchfloor.protocol.rest.ServiceTokenList;
import io.watchfloor.protocol.rest.ServiceTokenRow;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The page of programs: their tokens, and the form for a new one beside them. FX thread only.
final class ProgramsView {

    private final ProgramsModel model;
    private final LongSupplier now;
    private final TableView<ServiceTokenRow> table = Columns.table("tokens-table", "Tokens of programs",
            "No program has a token yet. One that sends samples, such as Telegraf, needs one.");
    private final TextField name = new TextField();
    private final Map<Scope, CheckBox> scopes = new EnumMap<>(Scope.class);
    private final ComboBox<Integer> days = new ComboBox<>();
    private final Button make = new Button("Make token", Icons.of(Feather.KEY));
    private final VBox made = new VBox();
    private final Section section;

    ProgramsView(ProgramsModel model, LongSupplier now) {
        this.model = model;
        this.now = now;
        section = new Section(model, name);
        section.column(List.of(made), table);
        section.side(form());
        table.getColumns().setAll(List.of(Columns.text("Name", 180, ServiceTokenRow::name),
                Columns.text("May", 170, row -> row.scopes().stream().map(Words::scope)
                        .collect(Collectors.joining(", "))),
                Columns.text("Last used", 100, row -> Words.ago(row.usedAt(), now.getAsLong()),
                        row -> Words.exactly(row.usedAt())),
                Columns.nodes("Expires", 120, this::expiry),
                Columns.text("Made by", 110, row -> Words.maker(row.createdBy()),
                        row -> Words.exactly(row.createdAt())),
                Columns.nodes("", 150, this::revoke)));
        section.start(model.tokensProperty().subscribe(this::fill), model.madeProperty().subscribe(this::showMade),
                model.revokingProperty().subscribe(_ -> table.refresh()));
    }

    private Node form() {
        name.setId("token-name");
        name.setPromptText("Such as: telegraf on web1");
        VBox may = new VBox();
        may.getStyleClass().add("wf-admin-roles");
        for (Scope scope : Scope.values()) {
            CheckBox box = new CheckBox(Words.scope(scope));
            box.setId("scope-" + scope.name().toLowerCase(java.util.Locale.ROOT));
            box.setSelected(scope == Scope.INGEST);
            box.setAccessibleHelp(Words.meaning(scope));
            box.setOnAction(_ -> showMake());
            scopes.put(scope, box);
            Label meaning = Told.caption(Words.meaning(scope));
            meaning.getStyleClass().add("wf-admin-meaning");
            may.getChildren().addAll(box, meaning);
        }
        days.setId("token-days");
        days.getItems().setAll(ProgramsModel.DAYS);
        days.setValue(365);
        days.setMaxWidth(Double.MAX_VALUE);
        days.setConverter(InvitationsView.daysWords());
        make.setId("make-token");
        make.getStyleClass().add(Styles.ACCENT);
        make.setMaxWidth(Double.MAX_VALUE);
        make.setOnAction(_ -> make());
        name.setOnAction(_ -> make());
        name.textProperty().subscribe(_ -> showMake());
        return Told.form("Let a program in", "A program shows its token with each request, as a person signs in.",
                SidePanel.field("Name", name), SidePanel.field("May", may), SidePanel.field("Good for", days), make);
    }

    private List<Scope> chosen() {
        return scopes.entrySet().stream().filter(entry -> entry.getValue().isSelected()).map(Map.Entry::getKey)
                .toList();
    }

    private void showMake() {
        make.setDisable(name.getText().isBlank() || chosen().isEmpty());
    }

    private void make() {
        if (!make.isDisabled()) {
            String typed = name.getText();
            name.clear();
            model.add(typed, chosen(), days.getValue(), () -> Told.back(name, typed));
        }
    }

    private Node expiry(ServiceTokenRow row) {
        long left = row.expiresAt() - now.getAsLong();
        Label text = new Label(left <= 0 ? "Expired" : Words.day(row.expiresAt()));
        text.setTooltip(new Tooltip(Words.exactly(row.expiresAt())));
        text.getStyleClass().add(left <= 0 ? Styles.WARN_TEXT : "wf-plain");
        return text;
    }

    private Node revoke(ServiceTokenRow row) {
        if (row.id().equals(model.revokingProperty().get())) {
            Button keep = new Button("Keep");
            keep.setOnAction(_ -> model.askToRevoke(null));
            Button revoke = new Button("Revoke");
            revoke.setId("revoke-token");
            revoke.getStyleClass().add(Styles.DANGER);
            revoke.setAccessibleText("Revoke the token " + row.name() + ". The program is refused from then on");
            revoke.setOnAction(_ -> model.revoke(row));
            HBox both = new HBox(keep, revoke);
            both.getStyleClass().addAll("wf-form-row", "wf-row-acts");
            return both;
        }
        Button ask = new Button("", Icons.of(Feather.TRASH_2));
        ask.getStyleClass().addAll(Styles.ICON_BUTTON, "wf-revoke");
        ask.setAccessibleText("Revoke the token " + row.name());
        ask.setTooltip(new Tooltip("Revoke"));
        ask.setOnAction(_ -> model.askToRevoke(row.id()));
        HBox one = new HBox(ask);
        one.getStyleClass().addAll("wf-form-row", "wf-row-acts");
        return one;
    }

    private void fill(Loaded<ServiceTokenList> known) {
        if (known instanceof Loaded.Shown<ServiceTokenList>(ServiceTokenList list)) {
            table.getItems().setAll(list.tokens());
        }
    }

    private void showMade(@Nullable CreatedServiceToken token) {
        Told.only(made, token == null
                ? null
                : Told.secret("The token of " + token.row().name(),
                        "It is shown only now; the server keeps no copy. Put it where the program reads it: in the"
                                + " header 'Authorization: Bearer'.",
                        token.token(), model::putAway));
    }

    Section section() {
        return section;
    }
}
