package io.watchfloor.client.view.administration;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.window.Segments;
import io.watchfloor.client.view.window.SidePanel;
import io.watchfloor.client.widget.Icons;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.InvitationList;
import io.watchfloor.protocol.rest.InvitationRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The page of invitations: those that wait, and the form for a new one beside them. FX thread only.
final class InvitationsView {

    private final InvitationsModel model;
    private final TableView<InvitationRow> table = Columns.table("invitations-table", "Invitations that wait",
            "No invitation waits for its answer.");
    private final TextField name = new TextField();
    private final ComboBox<Integer> days = new ComboBox<>();
    private final FlowPane groups = new FlowPane();
    private final VBox groupField;
    private final VBox made = new VBox();
    private final Label meaning = Told.caption("");
    private final Set<String> into = new TreeSet<>();
    private final Section section;
    private Role role = Role.EDITOR;

    InvitationsView(InvitationsModel model) {
        this.model = model;
        section = new Section(model, name);
        section.column(List.of(made), table);
        groups.getStyleClass().add("wf-admin-checks");
        groupField = SidePanel.field("Groups", groups);
        section.side(form());
        table.getColumns().setAll(List.of(
                Columns.text("For", 180, row -> row.name() == null ? "Whoever has the link" : row.name()),
                Columns.text("Role", 110, row -> Words.role(row.role())),
                Columns.text("Groups", 160, row -> String.join(", ", row.groups())),
                Columns.text("Invited by", 120, row -> row.invitedBy() == null ? "" : row.invitedBy()),
                Columns.text("Good until", 120, row -> Words.until(row.expiresAt()),
                        row -> Words.exactly(row.expiresAt())),
                Columns.nodes("", 60, this::withdraw)));
        section.start(model.invitationsProperty().subscribe(this::fill),
                model.groupsProperty().subscribe(_ -> showGroups()), model.madeProperty().subscribe(this::showMade));
    }

    private Node form() {
        name.setId("invitation-name");
        name.setPromptText("The invited person chooses");
        Segments<Role> roles = new Segments<>(List.of(Role.VIEWER, Role.EDITOR, Role.ADMIN), Words::role, chosen -> {
            role = chosen;
            meaning.setText(Words.meaning(chosen));
        });
        roles.show(role);
        meaning.setText(Words.meaning(role));
        meaning.getStyleClass().add("wf-field-hint");
        days.setId("invitation-days");
        days.getItems().setAll(InvitationsModel.DAYS);
        days.setValue(7);
        days.setMaxWidth(Double.MAX_VALUE);
        days.setConverter(daysWords());
        Button invite = new Button("Make link", Icons.of(Feather.LINK));
        invite.setId("make-invitation");
        invite.getStyleClass().add(Styles.ACCENT);
        invite.setMaxWidth(Double.MAX_VALUE);
        invite.setOnAction(_ -> invite());
        name.setOnAction(_ -> invite());
        return Told.form("Invite somebody",
                "You hand on a link that makes one account, once. Who opens it chooses a password.",
                SidePanel.field("Name", name), SidePanel.field("Role", roles.node(), meaning), groupField,
                SidePanel.field("Good for", days), invite);
    }

    static StringConverter<Integer> daysWords() {
        return new StringConverter<>() {

            @Override
            public String toString(@Nullable Integer days) {
                return days == null ? "" : days == 1 ? "1 day" : days + " days";
            }

            @Override
            public Integer fromString(String text) {
                return Integer.valueOf(text.replaceAll("\\D", ""));
            }
        };
    }

    private void invite() {
        String typed = name.getText();
        name.clear();
        model.invite(typed, role, new ArrayList<>(into), days.getValue(), () -> Told.back(name, typed));
    }

    private Node withdraw(InvitationRow row) {
        Button withdraw = new Button("", Icons.of(Feather.TRASH_2));
        withdraw.getStyleClass().addAll(Styles.ICON_BUTTON, "wf-withdraw");
        withdraw.setAccessibleText("Withdraw the invitation for "
                + (row.name() == null ? "whoever has the link" : row.name()));
        withdraw.setTooltip(new Tooltip("Withdraw: the link does nothing any more"));
        withdraw.setOnAction(_ -> model.withdraw(row));
        return withdraw;
    }

    private void fill(Loaded<InvitationList> known) {
        if (known instanceof Loaded.Shown<InvitationList>(InvitationList list)) {
            table.getItems().setAll(list.invitations());
        }
    }

    private void showGroups() {
        into.retainAll(model.groups());
        groups.getChildren().clear();
        for (String group : model.groups()) {
            CheckBox box = new CheckBox(group);
            box.setSelected(into.contains(group));
            box.setOnAction(_ -> {
                if (!box.isSelected() || !into.add(group)) {
                    into.remove(group);
                }
            });
            groups.getChildren().add(box);
        }
        groupField.setVisible(!model.groups().isEmpty());
        groupField.setManaged(!model.groups().isEmpty());
    }

    private void showMade(InvitationsModel.@Nullable Made link) {
        Told.only(made, link == null
                ? null
                : Told.secret((link.row().name() == null ? "The link" : "The link for " + link.row().name()) + " ("
                        + Words.role(link.row().role()).toLowerCase(Locale.ROOT) + ")",
                        "It is shown only now. Send it by a way that only the invited person reads; it is good until "
                                + Words.until(link.row().expiresAt())
                                + ". In the sign-in window it goes into 'I have an invitation'.",
                        link.link(), model::putAway));
    }

    Section section() {
        return section;
    }
}
