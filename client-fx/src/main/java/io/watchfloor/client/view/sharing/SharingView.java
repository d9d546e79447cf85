package io.watchfloor.client.view.sharing;

import io.watchfloor.client.sync.rest.Sharing;
import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.window.Notices;
import io.watchfloor.client.view.window.People;
import io.watchfloor.client.view.window.Segments;
import io.watchfloor.client.view.window.SidePanel;
import io.watchfloor.client.widget.Icons;
import io.watchfloor.client.widget.text.PlainText;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.rest.AccessRow;
import io.watchfloor.protocol.rest.GrantRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// With whom a dashboard is shared, at its side: who may do what and why, and the ways to change it. FX thread only.
public final class SharingView implements SharingModel.Listener {

    private static final Duration REFRESH = Duration.seconds(5);
    private static final int MOST_CANDIDATES = 6;

    private final SharingModel model;
    private final SidePanel panel;
    private final TextField search = new TextField();
    private final VBox candidates = new VBox();
    private final Label problem = new Label();
    private final VBox everyone = new VBox();
    private final VBox groups = new VBox();
    private final VBox people = new VBox();
    private final Timeline refresh = new Timeline(new KeyFrame(REFRESH, _ -> refresh()));
    private Right given = Right.EDIT;
    private @Nullable Object shown;

    /// @param close takes the panel away
    public SharingView(Sharing sharing, Notices notices, Runnable close) {
        model = new SharingModel(sharing, notices, this);
        panel = new SidePanel("Sharing", close);
        search.setId("share-search");
        search.setPromptText("Name of a person or group");
        search.textProperty().subscribe(_ -> showCandidates());
        search.setOnAction(_ -> addFirst());
        candidates.setId("share-candidates");
        candidates.getStyleClass().add("wf-share-candidates");
        Segments<Right> rights = new Segments<>(List.of(Right.VIEW, Right.EDIT, Right.OWN), SharingView::word,
                right -> {
                    given = right;
                    search.requestFocus();
                });
        rights.show(given);
        problem.setId("share-problem");
        problem.getStyleClass().add(Styles.ALARM_TEXT);
        problem.setWrapText(true);
        problem.setMinHeight(Region.USE_PREF_SIZE);
        people.setId("share-people");
        groups.setId("share-groups");
        for (VBox list : List.of(everyone, groups, people)) {
            list.getStyleClass().add("wf-share-list");
        }
        VBox add = SidePanel.field("Share with", search, rights.node(), candidates);
        add.getStyleClass().add("wf-share-add");
        panel.content().getChildren().addAll(add, problem, everyone, groups, people);
        refresh.setCycleCount(Animation.INDEFINITE);
        refresh.play();
        changed();
        model.refresh();
    }

    private void refresh() {
        model.refresh();
    }

    public Node node() {
        return panel.node();
    }

    public void focus() {
        panel.node().applyCss(); // puts what the panel scrolls into the window
        search.requestFocus();
    }

    public void dispose() {
        refresh.stop();
        model.close();
    }

    /// What decides how it looks; nothing is made anew where that has not changed, so that the focus stays.
    private record Shown(boolean known, List<AccessRow> people, List<GrantRow> groups, Right everyone,
            String problem) {}

    @Override
    public void changed() {
        Shown now = new Shown(model.known(), model.people(), model.groups(), model.everyone(), model.problem());
        if (!now.equals(shown)) {
            shown = now;
            boolean focused = panel.node().lookup(":focused") != null && !search.isFocused();
            fill(now);
            if (focused) {
                // the row that had it may be gone
                search.requestFocus();
            }
        }
        showCandidates();
    }

    private void fill(Shown now) {
        problem.setText(now.problem);
        problem.setVisible(!now.problem.isEmpty());
        problem.setManaged(!now.problem.isEmpty());
        everyone.getChildren().clear();
        groups.getChildren().clear();
        people.getChildren().clear();
        if (!now.known) {
            if (now.problem.isEmpty()) {
                people.getChildren().add(caption("Asking the server …"));
            }
            return;
        }
        everyone.getChildren().add(row(mark(Feather.GLOBE), "Everyone", "All who can sign in here",
                choice("everyone", now.everyone, "No access", model::changeEveryone)));
        now.groups.forEach(grant -> groups.getChildren().add(groupRow(String.valueOf(grant.group()), grant.right())));
        now.people.forEach(person -> people.getChildren().add(personRow(person)));
    }

    private Node groupRow(String group, Right right) {
        return row(mark(Feather.USERS), group, "Everybody in this group",
                choice("the group " + group, right, "Remove", chosen -> model.changeGroup(group, chosen)));
    }

    private Node personRow(AccessRow person) {
        Label avatar = new Label(People.initials(person.account()));
        avatar.getStyleClass().addAll(Styles.AVATAR, "wf-person-none");
        String fixed = model.fixed(person);
        Right own = model.granted(person.account());
        Node right;
        if (fixed.isEmpty() && own != Right.NONE) {
            right = choice(person.account(), own, "Remove", chosen -> model.changePerson(person.account(), chosen));
        } else {
            Label text = new Label(word(person.right()));
            text.getStyleClass().add(Styles.MUTED);
            text.setMinWidth(Region.USE_PREF_SIZE);
            right = text;
        }
        String you = model.isMe(person.account()) ? " (you)" : "";
        return row(avatar, person.account() + you, model.why(person), right);
    }

    private static Label mark(Feather icon) {
        Label mark = new Label("", Icons.of(icon));
        mark.getStyleClass().add("wf-history-mark");
        return mark;
    }

    private static Node row(Node mark, String name, String why, Node right) {
        Label title = new Label(PlainText.line(name));
        VBox words = new VBox(title);
        if (!why.isEmpty()) {
            words.getChildren().add(caption(why));
        }
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox row = new HBox(mark, words, right);
        row.getStyleClass().add("wf-share-row");
        return row;
    }

    private static Label caption(String text) {
        Label caption = new Label(text);
        caption.getStyleClass().add(Styles.CAPTION);
        caption.setWrapText(true);
        caption.setMinHeight(Region.USE_PREF_SIZE);
        return caption;
    }

    /// @param none what taking the right away is called
    private static MenuButton choice(String whose, Right right, String none, Consumer<Right> chosen) {
        MenuButton choice = new MenuButton(word(right));
        choice.getStyleClass().addAll(Styles.FLAT, "wf-share-choice");
        choice.setMinWidth(Region.USE_PREF_SIZE);
        choice.setAccessibleText("Right of " + whose + ": " + word(right));
        List<MenuItem> items = new ArrayList<>();
        for (Right each : List.of(Right.VIEW, Right.EDIT, Right.OWN)) {
            items.add(item(word(each) + ": " + meaning(each), each, chosen));
        }
        items.add(new SeparatorMenuItem());
        items.add(item(none, Right.NONE, chosen));
        choice.getItems().setAll(items);
        return choice;
    }

    private static MenuItem item(String text, Right right, Consumer<Right> chosen) {
        MenuItem item = new MenuItem(text);
        item.setId("right-" + right.name().toLowerCase(Locale.ROOT));
        item.setOnAction(_ -> chosen.accept(right));
        return item;
    }

    static String word(Right right) {
        return switch (right) {
            case NONE -> "No access";
            case VIEW -> "Viewer";
            case EDIT -> "Editor";
            case OWN -> "Owner";
        };
    }

    private static String meaning(Right right) {
        return switch (right) {
            case NONE -> "does not see it";
            case VIEW -> "looks at it";
            case EDIT -> "changes it";
            case OWN -> "shares and deletes it too";
        };
    }

    private void showCandidates() {
        String text = search.getText();
        candidates.getChildren().clear();
        if (text.isBlank()) {
            return;
        }
        List<SharingModel.Candidate> found = model.candidates(text);
        found.stream().limit(MOST_CANDIDATES).forEach(each -> candidates.getChildren().add(button(each)));
        if (found.isEmpty()) {
            candidates.getChildren().add(caption(model.known()
                    ? "Nobody else here has such a name."
                    : "Asking the server who is here …"));
        } else if (found.size() > MOST_CANDIDATES) {
            candidates.getChildren().add(caption((found.size() - MOST_CANDIDATES) + " more; go on typing."));
        }
    }

    private Node button(SharingModel.Candidate candidate) {
        Button button = switch (candidate) {
            case SharingModel.Candidate.Person(String name) -> new Button(name, Icons.of(Feather.USER));
            case SharingModel.Candidate.Members(String group) -> new Button(group, Icons.of(Feather.USERS));
        };
        button.getStyleClass().addAll(Styles.FLAT, "wf-share-candidate");
        button.setMaxWidth(Double.MAX_VALUE);
        button.setAccessibleText("Share with " + button.getText());
        button.setOnAction(_ -> add(candidate));
        return button;
    }

    private void addFirst() {
        List<SharingModel.Candidate> found = search.getText().isBlank()
                ? List.of()
                : model.candidates(search.getText());
        if (!found.isEmpty()) {
            add(found.getFirst());
        }
    }

    private void add(SharingModel.Candidate candidate) {
        search.clear();
        search.requestFocus();
        model.add(candidate, given);
    }
}
