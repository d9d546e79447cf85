package io.watchfloor.client.view.window;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.protocol.ServerMessage.Person;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;

/// Who looks at a dashboard, as round initials, each account once. FX thread only.
public final class People {

    private static final int MOST = 6;

    private final HBox row = new HBox();

    public People() {
        row.getStyleClass().add("wf-people");
        row.setId("people");
    }

    public Node node() {
        return row;
    }

    /// @param own name of the account that looks at this window
    public void show(List<Person> people, String own) {
        Map<String, Integer> windows = new LinkedHashMap<>();
        people.forEach(person -> windows.merge(person.account(), 1, Integer::sum));
        List<String> names = new ArrayList<>(windows.keySet());
        names.sort((a, b) -> a.equals(own) ? -1 : b.equals(own) ? 1 : a.compareTo(b));
        row.getChildren().clear();
        for (String name : names.subList(0, Math.min(MOST, names.size()))) {
            int count = windows.getOrDefault(name, 1);
            String told = (name.equals(own) ? name + " (you)" : name) + (count > 1 ? ", in " + count + " windows" : "");
            row.getChildren().add(avatar(initials(name), told, Styles.person(hue(name))));
        }
        if (names.size() > MOST) {
            String rest = String.join(", ", names.subList(MOST, names.size()));
            row.getChildren().add(avatar("+" + (names.size() - MOST), rest, "wf-person-none"));
        }
    }

    private static Label avatar(String text, String told, String color) {
        Label avatar = new Label(text);
        avatar.getStyleClass().addAll(Styles.AVATAR, color);
        avatar.setTooltip(new Tooltip(told));
        avatar.setAccessibleText(told);
        return avatar;
    }

    /// One or two letters: of the first two words, else the first two of the name.
    static String initials(String name) {
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

    /// The same colour for the same name in every window.
    static int hue(String name) {
        int hash = name.hashCode();
        return Math.floorMod(hash ^ (hash >>> 16) ^ (hash >>> 8), Styles.HUES);
    }
}
