package io.watchfloor.client.view.window;

import io.watchfloor.client.sync.Colleague;
import io.watchfloor.client.theme.Styles;
import io.watchfloor.protocol.ServerMessage.Person;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/// Who looks at a dashboard, as round initials in their colours, each window once, and how many they are. One that is
/// pressed is chosen, to be followed. FX thread only.
public final class People {

    private static final int MOST = 6;

    private final HBox avatars = new HBox();
    private final Label count = new Label();
    private final HBox row = new HBox(avatars, count);
    private Consumer<String> chosen = _ -> {};
    private @Nullable Shown shown;

    /// What decides how it looks; it is made anew only where that has changed.
    private record Shown(List<Person> people, Set<String> followers, String own, String followed) {}

    public People() {
        row.getStyleClass().add("wf-people-row");
        avatars.getStyleClass().add("wf-people");
        avatars.setId("people");
        count.getStyleClass().add(Styles.CAPTION);
        count.setId("people-count");
        count.setMinWidth(Label.USE_PREF_SIZE);
    }

    public Node node() {
        return row;
    }

    /// @param action told the session of a colleague who was pressed
    public void onChosen(Consumer<String> action) {
        chosen = action;
    }

    /// @param people everybody, this window included
    /// @param colleagues the others, with what they show
    /// @param own session of this window
    /// @param followed session that is followed, or empty
    public void show(List<Person> people, Collection<Colleague> colleagues, String own, String followed) {
        Set<String> followers = new HashSet<>();
        for (Colleague colleague : colleagues) {
            if (own.equals(colleague.presence().following())) {
                followers.add(colleague.session());
            }
        }
        Shown now = new Shown(people, followers, own, followed);
        if (!now.equals(shown)) {
            shown = now;
            fill(now);
        }
    }

    private void fill(Shown now) {
        List<Person> sorted = new ArrayList<>(now.people);
        sorted.sort(Comparator.comparing((Person person) -> !person.session().equals(now.own))
                .thenComparing(Person::account).thenComparing(Person::session));
        avatars.getChildren().clear();
        int fit = sorted.size() <= MOST ? sorted.size() : MOST - 1;
        for (Person person : sorted.subList(0, fit)) {
            avatars.getChildren().add(avatar(person, now));
        }
        if (fit < sorted.size()) {
            avatars.getChildren().add(rest(sorted.subList(fit, sorted.size()), now));
        }
        count.setText(sorted.size() > 1 ? sorted.size() + " here" : "");
        count.setVisible(sorted.size() > 1);
        count.setManaged(sorted.size() > 1);
    }

    private Node avatar(Person person, Shown now) {
        String told = told(person, now);
        if (person.session().equals(now.own)) {
            return styled(new Label(initials(person.account())), told, Styles.person(person.color()));
        }
        Button avatar = new Button(initials(person.account()));
        avatar.getStyleClass().setAll("button-follow");
        avatar.setOnAction(_ -> chosen.accept(person.session()));
        avatar.pseudoClassStateChanged(Styles.SELECTED, person.session().equals(now.followed));
        return styled(avatar, told, Styles.person(person.color()));
    }

    private Node rest(List<Person> people, Shown now) {
        Button more = new Button("+" + people.size());
        more.getStyleClass().clear();
        ContextMenu menu = new ContextMenu();
        for (Person person : people) {
            MenuItem item = new MenuItem(told(person, now));
            item.setOnAction(_ -> chosen.accept(person.session()));
            menu.getItems().add(item);
        }
        more.setOnAction(_ -> menu.show(more, Side.BOTTOM, 0, 4));
        return styled(more, people.size() + " more people", "wf-person-none");
    }

    private static String told(Person person, Shown now) {
        long windows = now.people.stream().filter(other -> other.account().equals(person.account())).count();
        String name = person.account() + (windows > 1 ? ", one of " + windows + " windows" : "");
        if (person.session().equals(now.own)) {
            return name + " (you)";
        }
        String follows = now.followers.contains(person.session()) ? ", follows you" : "";
        return name + follows
                + (person.session().equals(now.followed) ? ". Click to stop following." : ". Click to follow.");
    }

    private static Labeled styled(Labeled avatar, String told, String color) {
        avatar.getStyleClass().addAll(Styles.AVATAR, color);
        avatar.setTooltip(new Tooltip(told));
        avatar.setAccessibleText(told);
        return avatar;
    }

    /// One or two letters: of the first two words, else the first two of the name.
    public static String initials(String name) {
        String[] words = name.strip().split("[\\s._@-]+", -1);
        StringBuilder initials = new StringBuilder();
        for (String word : words) {
            if (!word.isEmpty() && initials.codePointCount(0, initials.length()) < 2) {
                initials.appendCodePoint(word.codePointAt(0));
            }
        }
        if (initials.codePointCount(0, initials.length()) == 1 && words[0].codePointCount(0, words[0].length()) > 1) {
            initials.appendCodePoint(words[0].codePointAt(words[0].offsetByCodePoints(0, 1)));
        }
        return initials.isEmpty() ? "?" : initials.toString().toUpperCase(Locale.ROOT);
    }
}
