package io.watchfloor.client.view.account;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.account.SignInsModel.Asking;
import io.watchfloor.client.view.account.SignInsModel.State;
import io.watchfloor.client.view.signin.FieldColumn;
import io.watchfloor.client.widget.Icons;
import io.watchfloor.protocol.rest.SessionRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// Where one is signed in, with what ends it. FX thread only.
final class SignInsSection {

    private final SignInsModel model;
    private final Section section = new Section("Where you are signed in");
    private final VBox rows = new VBox();
    private final Button endOthers = new Button("End all others");
    private Asking asked = new Asking.Nothing();

    SignInsSection(SignInsModel model) {
        this.model = model;
        rows.getStyleClass().add("wf-sign-in-rows");
        endOthers.setId("end-others");
        endOthers.setOnAction(_ -> model.ask(new Asking.Others()));
        Label error = FieldColumn.line(model.errorProperty(), Styles.ALARM_TEXT);
        error.setId("sign-ins-error");
        section.body(error, rows);
        section.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                model.ask(new Asking.Nothing());
                event.consume();
            }
        });
        model.stateProperty().subscribe(this::show);
    }

    Node node() {
        return section;
    }

    private void show(State state) {
        boolean others = state instanceof State.Shown shown && shown.rows().stream().anyMatch(row -> !row.current());
        section.actions(others ? new Node[]{endOthers} : new Node[0]);
        switch (state) {
            case State.Waiting() -> rows.getChildren().setAll(Section.sentence("Asking the server."));
            case State.Failed(String why) -> rows.getChildren().setAll(Section.sentence(why));
            case State.Shown shown -> show(shown);
        }
    }

    /// Keeps the nodes of rows that say the same, so that the focus stays where it is.
    private void show(State.Shown shown) {
        List<Node> nodes = new ArrayList<>();
        Row asking = null;
        String ofOthers = switch (shown.asking()) {
            case Asking.Others() -> "End all other sign-ins? Each has to sign in again.";
            case Asking.OthersToo() ->
                "Your second factor has changed. End all other sign-ins too? Each has to sign in again.";
            case Asking.Nothing _, Asking.One _ -> "";
        };
        if (!ofOthers.isEmpty()) {
            asking = row("others", ofOthers, () -> question("others", ofOthers, model::endOthers));
            nodes.add(asking);
        }
        for (SessionRow each : shown.rows()) {
            boolean asked = shown.asking().equals(new Asking.One(each.id()));
            String detail = model.detail(each);
            Row row = row(each.id(), asked ? "?" : SignInsModel.name(each) + detail, () -> asked
                    ? question(each.id(), "End the sign-in on '" + SignInsModel.name(each)
                            + "'? It has to sign in again.", () -> model.end(each))
                    : offer(each, detail));
            nodes.add(row);
            asking = asked ? row : asking;
        }
        boolean fresh = asking != null && !rows.getChildren().contains(asking);
        boolean inside = rows.isFocusWithin();
        if (!rows.getChildren().equals(nodes)) {
            rows.getChildren().setAll(nodes);
        }
        if (fresh && asking != null) {
            asking.focusFirst();
        } else if (inside && shown.asking() instanceof Asking.Nothing) {
            goBack(nodes);
        }
        asked = shown.asking();
    }

    /// A question that is answered gives the focus back to what had asked it.
    private void goBack(List<Node> nodes) {
        switch (asked) {
            case Asking.Nothing() -> {}
            case Asking.One(String id) -> nodes.stream().map(Row.class::cast).filter(row -> row.id.equals(id))
                    .findFirst().ifPresent(Row::focusFirst);
            case Asking.Others _, Asking.OthersToo _ -> endOthers.requestFocus();
        }
    }

    private Row row(String id, String says, java.util.function.Supplier<Row> fresh) {
        Row kept = rows.getChildren().stream().filter(Row.class::isInstance).map(Row.class::cast)
                .filter(row -> row.id.equals(id) && row.says.equals(says)).findFirst().orElse(null);
        if (kept != null) {
            return kept;
        }
        Row made = fresh.get();
        made.says = says;
        return made;
    }

    private Row offer(SessionRow each, String detail) {
        Label name = new Label(SignInsModel.name(each));
        name.getStyleClass().add(Styles.STRONG);
        Label when = new Label(detail);
        when.getStyleClass().add(Styles.CAPTION);
        VBox text = new VBox(name, when);
        text.getStyleClass().add("wf-row-text");
        Row row = new Row(each.id());
        row.getChildren().addAll(Icons.of(Feather.MONITOR), text, space());
        if (each.current()) {
            Label here = new Label("This desktop");
            here.getStyleClass().add("wf-badge");
            row.getChildren().add(here);
        } else {
            Button end = new Button("End this one");
            end.getStyleClass().add("wf-end-sign-in");
            end.setAccessibleText("End the sign-in on " + name.getText());
            end.setOnAction(_ -> model.ask(new Asking.One(each.id())));
            row.getChildren().add(end);
        }
        return row;
    }

    private Row question(String id, String question, Runnable yes) {
        Label text = new Label(question);
        text.setWrapText(true);
        Button keep = new Button("Keep");
        keep.setOnAction(_ -> model.ask(new Asking.Nothing()));
        Button end = new Button("End");
        end.getStyleClass().addAll(Styles.DANGER, "wf-end-sign-in-yes");
        end.setOnAction(_ -> yes.run());
        Row row = new Row(id);
        row.getChildren().addAll(text, space(), keep, end);
        return row;
    }

    private static Region space() {
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        return space;
    }

    /// One line of the list.
    private static final class Row extends HBox {

        private final String id;
        private String says = "";

        Row(String id) {
            this.id = id;
            getStyleClass().addAll(Styles.LIST_ROW, "wf-sign-in-row");
        }

        void focusFirst() {
            getChildren().stream().filter(Button.class::isInstance).findFirst().map(Objects::requireNonNull)
                    .ifPresent(Node::requestFocus);
        }
    }
}
