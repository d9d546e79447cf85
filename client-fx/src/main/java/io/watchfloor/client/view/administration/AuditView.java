package io.watchfloor.client.view.administration;

import io.watchfloor.client.format.Moments;
import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.window.Segments;
import io.watchfloor.client.widget.Icons;
import io.watchfloor.client.widget.text.PlainText;
import io.watchfloor.protocol.rest.AuditChains;
import io.watchfloor.protocol.rest.AuditOutcome;
import io.watchfloor.protocol.rest.AuditRow;
import java.io.File;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.DatePicker;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.stage.FileChooser;
import javafx.util.Duration;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The page of the audit log: whether it is whole, what is looked for, and the events. FX thread only.
final class AuditView {

    /// Typing is over when nothing was typed for so long.
    private static final Duration QUIET = Duration.millis(400);
    /// So near the end of the list older events are asked for.
    private static final double NEARLY = 0.9;

    private final AuditModel model;
    private final TableView<AuditRow> table = Columns.table("audit-table", "Events of the audit log, the newest first",
            "Nothing of this kind is in the audit log.");
    private final TextField name = new TextField();
    private final HBox chains = new HBox();
    private final Label foot = Told.caption("");
    private final Button more = new Button("Show older");
    private final PauseTransition quiet = new PauseTransition(QUIET);
    private final Section section;

    AuditView(AuditModel model) {
        this.model = model;
        section = new Section(model, name);
        chains.getStyleClass().add("wf-admin-chains");
        more.setId("audit-more");
        more.getStyleClass().addAll(Styles.FLAT, "wf-link-button");
        more.setOnAction(_ -> model.more());
        HBox end = new HBox(foot, more);
        end.getStyleClass().add("wf-form-row");
        section.column(List.of(head(), filters()), table, end);
        table.setItems(model.events());
        table.getStyleClass().add("wf-audit-table");
        table.getColumns().setAll(List.of(
                Columns.whole(Columns.text("Time", 184, event -> Moments.exact(event.at(), model.zone()),
                        event -> Moments.utc(event.at()))),
                Columns.text("Who", 130, event -> Words.doer(event.actor(), event.address())),
                Columns.text("What", 170, AuditView::what),
                Columns.text("To what", 180, event -> plain(model.subject(event)), event -> plain(event.subject())),
                Columns.nodes("Outcome", 110, AuditView::outcome),
                Columns.text("From", 120, event -> event.address() == null ? "This server" : event.address()),
                Columns.text("Details", 220, event -> plain(event.detail()), event -> plain(event.detail()))));
        table.skinProperty().subscribe(_ -> watchScrolling());
        section.start(model.chainsProperty().subscribe(this::showChains),
                model.loadingProperty().subscribe(_ -> showFoot()),
                model.dashboardsProperty().subscribe(_ -> table.refresh()), quiet::stop);
    }

    private Node head() {
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button export = new Button("Export …", Icons.of(Feather.DOWNLOAD));
        export.setId("audit-export");
        export.setMinWidth(Region.USE_PREF_SIZE);
        export.setTooltip(new Tooltip("Write all events that are looked for into a file"));
        export.disableProperty().bind(model.exportingProperty());
        export.setOnAction(_ -> chooseFile().ifPresent(file -> model.export(file.toPath())));
        HBox head = new HBox(chains, space, export);
        head.getStyleClass().add("wf-admin-head");
        return head;
    }

    private Optional<File> chooseFile() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Export the audit log");
        chooser.setInitialFileName("audit.jsonl");
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter("One JSON object a line", "*.jsonl"));
        return Optional.ofNullable(chooser.showSaveDialog(section.node().getScene().getWindow()));
    }

    private Node filters() {
        name.setId("audit-name");
        name.setPromptText("Who, or to whom");
        name.setAccessibleText("Name of who did it or what it was done to");
        name.getStyleClass().add("wf-search");
        name.setText(model.nameProperty().get());
        quiet.setOnFinished(_ -> model.nameProperty().set(name.getText()));
        name.textProperty().addListener((_, _, _) -> quiet.playFromStart());
        name.setOnAction(_ -> {
            quiet.stop();
            model.nameProperty().set(name.getText());
        });
        ComboBox<AuditKind> kind = choice("audit-kind", "What it is about", List.of(AuditKind.values()),
                AuditKind::title);
        kind.valueProperty().bindBidirectional(model.kindProperty());
        Segments<Optional<AuditOutcome>> outcome = new Segments<>(
                List.of(Optional.empty(), Optional.of(AuditOutcome.DONE), Optional.of(AuditOutcome.REFUSED)),
                each -> each.map(AuditView::word).orElse("All"),
                each -> model.outcomeProperty().set(each.orElse(null)));
        outcome.show(Optional.ofNullable(model.outcomeProperty().get()));
        outcome.button(Optional.of(AuditOutcome.REFUSED)).setId("audit-refused");
        ComboBox<AuditPeriod> period = choice("audit-period", "From when", List.of(AuditPeriod.values()),
                AuditPeriod::title);
        period.valueProperty().bindBidirectional(model.periodProperty());
        DatePicker first = day("First day");
        first.valueProperty().bindBidirectional(model.firstDayProperty());
        DatePicker last = day("Last day");
        last.valueProperty().bindBidirectional(model.lastDayProperty());
        HBox days = new HBox(first, new Label("to"), last);
        days.getStyleClass().add("wf-form-row");
        model.periodProperty().subscribe(chosen -> {
            days.setVisible(chosen == AuditPeriod.DAYS);
            days.setManaged(chosen == AuditPeriod.DAYS);
        });
        HBox filters = new HBox(name, kind, outcome.node(), period, days);
        filters.getStyleClass().add("wf-admin-head");
        return filters;
    }

    private static DatePicker day(String name) {
        DatePicker picker = new DatePicker();
        picker.setPromptText(name);
        picker.setAccessibleText(name);
        picker.setPrefWidth(130);
        return picker;
    }

    private static <T> ComboBox<T> choice(String id, String name, List<T> all,
            java.util.function.Function<T, String> title) {
        ComboBox<T> choice = new ComboBox<>();
        choice.setId(id);
        choice.setAccessibleText(name);
        choice.getItems().setAll(all);
        choice.setConverter(new StringConverter<>() {

            @Override
            public String toString(@Nullable T each) {
                return each == null ? "" : title.apply(each);
            }

            @Override
            public T fromString(String text) {
                return all.stream().filter(each -> title.apply(each).equals(text)).findFirst().orElseThrow();
            }
        });
        return choice;
    }

    /// The action's code as words.
    static String what(AuditRow event) {
        String words = event.action().replace('-', ' ');
        return words.isEmpty() ? "" : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static String plain(@Nullable String text) {
        return text == null ? "" : PlainText.line(text);
    }

    private static String word(AuditOutcome outcome) {
        return switch (outcome) {
            case DONE -> "Done";
            case REFUSED -> "Refused";
        };
    }

    private static Node outcome(AuditRow event) {
        Label text = new Label(event.times() > 1
                ? word(event.outcome()) + ", " + event.times() + " times"
                : word(event.outcome()));
        if (event.outcome() == AuditOutcome.REFUSED) {
            text.setGraphic(mark(Styles.WARN));
            text.getStyleClass().add(Styles.WARN_TEXT);
        } else {
            text.getStyleClass().add(Styles.MUTED);
        }
        return text;
    }

    private static Region mark(javafx.css.PseudoClass state) {
        Region mark = new Region();
        mark.getStyleClass().add(Styles.STATE_MARK);
        mark.pseudoClassStateChanged(state, true);
        return mark;
    }

    private void showChains(Loaded<AuditChains> known) {
        chains.getChildren().setAll(switch (known) {
            case Loaded.Waiting<AuditChains> _ -> List.of(Told.caption("Asking whether the log is whole …"));
            case Loaded.Failed<AuditChains>(String why) -> List.of(Told.caption(why));
            case Loaded.Shown<AuditChains>(AuditChains found) -> told(found);
        });
    }

    private List<Node> told(AuditChains found) {
        Long at = found.checkedAt();
        List<AuditChains.Row> broken = found.chains().stream().filter(chain -> chain.fault() != null).toList();
        if (!broken.isEmpty()) {
            AuditChains.Row first = broken.getFirst();
            Label text = new Label("The log is not as it was written. " + PlainText.line(String.valueOf(first.fault()))
                    + (first.verifiedTo() == null
                            ? ""
                            : " It is good up to " + Moments.exact(first.verifiedTo(), model.zone()) + "."));
            text.setWrapText(true);
            text.setId("audit-state");
            text.getStyleClass().add(Styles.ALARM_TEXT);
            return List.of(mark(Styles.ALARM), text);
        }
        if (at == null) {
            return List.of(Told.caption("The server has not looked through its log yet."));
        }
        long events = found.chains().stream().mapToLong(AuditChains.Row::events).sum();
        long good = found.chains().stream().mapToLong(AuditChains.Row::verified).sum();
        Label text = new Label((good < events
                ? "As it was written so far: " + good + " of " + events + " events looked through"
                : "As it was written: all " + events + " events") + ", in " + found.chains().size()
                + (found.chains().size() == 1 ? " chain" : " chains") + ", at " + Moments.exact(at, model.zone()));
        text.setId("audit-state");
        text.setWrapText(true);
        Supplier<String> each = () -> String.join("\n", found.chains().stream()
                .map(chain -> PlainText.line(chain.writer()) + ": " + chain.verified() + " of " + chain.events())
                .toList());
        text.setTooltip(
                new Tooltip(each.get() + "\nWhat was cut off while no server ran, only checkpoints that are kept"
                        + " elsewhere can show."));
        return List.of(mark(Styles.OK), text);
    }

    private void showFoot() {
        boolean loading = model.loadingProperty().get();
        foot.setText(loading
                ? "Asking the server …"
                : model.isFull()
                        ? "These are the newest " + model.events().size()
                                + " events. Narrow what you look for, or export."
                        : model.hasMore()
                                ? model.events().size() + " events"
                                : model.events().size() + " events, all there are");
        more.setVisible(!loading && model.hasMore());
    }

    /// Older events come by themselves when the end of the list is near.
    private void watchScrolling() {
        if (table.lookup(".scroll-bar:vertical") instanceof ScrollBar bar) {
            bar.valueProperty().subscribe(value -> {
                if (bar.isVisible() && value.doubleValue() >= NEARLY * bar.getMax()) {
                    model.more();
                }
            });
        }
    }

    Section section() {
        return section;
    }
}
