package io.watchfloor.client.model;

import io.watchfloor.client.sync.DashboardReplica;
import io.watchfloor.client.sync.Edit;
import io.watchfloor.client.sync.Merged;
import io.watchfloor.client.sync.Merged.Overridden;
import io.watchfloor.client.sync.Rejection;
import io.watchfloor.client.sync.outbox.AckedPush;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Properties;
import io.watchfloor.document.ReplicaDocument.Change;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Says in words what came together when this desktop was back. Owner executor only.
final class MergeWords {

    private static final int MOST_AUTHORS = 4;

    private final DashboardReplica replica;
    private final WidgetReader reader;

    MergeWords(DashboardReplica replica, WidgetReader reader) {
        this.replica = replica;
        this.reader = reader;
    }

    /// @param own name of the account here, or empty where it is not known
    MergeReport report(Merged merged, String own) {
        List<String> lines = new ArrayList<>();
        Map<String, List<Entry>> byAuthor = merged.arrived().stream()
                .collect(Collectors.groupingBy(Entry::author, LinkedHashMap::new, Collectors.toList()));
        byAuthor.entrySet().stream().limit(MOST_AUTHORS).forEach(of -> lines
                .add((of.getKey().equals(own) ? "You, in another window," : of.getKey()) + " "
                        + new Deeds(reader, this::name).of(of.getValue()) + "."));
        if (byAuthor.size() > MOST_AUTHORS) {
            int others = byAuthor.size() - MOST_AUTHORS;
            lines.add("So did " + others + (others == 1 ? " other." : " others."));
        }
        Set<ElementId> changed = touched(merged.changed());
        if (!changed.isEmpty()) {
            lines.add(changed.size() == 1
                    ? name(changed.iterator().next()) + " was changed meanwhile."
                    : changed.size() + " widgets were changed meanwhile.");
        }
        if (!merged.sent().isEmpty()) {
            int sent = merged.sent().size();
            lines.add(sent == 1 ? "Your edit was sent." : "Your " + sent + " edits were sent.");
        }
        List<MergeReport.Item> items = new ArrayList<>();
        lastOfEach(merged.overridden()).forEach(overridden -> items.add(item(overridden, own)));
        int lost = merged.lost().size() + merged.lostTexts().size();
        if (lost > 0) {
            lines.add("The server's history was replaced, as after a restore from a backup. It lacks "
                    + (lost == 1 ? "an edit" : lost + " edits") + " of yours that it had taken.");
            merged.lost().forEach(push -> items.add(item(push)));
            merged.lostTexts().forEach((id, text) -> items.add(new MergeReport.Item(
                    "The text of " + name(id.element()) + " as it was", MergeReport.PUT_BACK,
                    "Put back the text of " + name(id.element()), List.of(),
                    List.of(new MergeReport.Passage(id, text, true)))));
        }
        return new MergeReport(lines, items);
    }

    private Set<ElementId> touched(Set<ElementId> elements) {
        return reader.touched(elements.stream().map(element -> new Change(element, "")).collect(Collectors.toSet()));
    }

    private static List<Overridden> lastOfEach(List<Overridden> overridden) {
        Map<Change, Overridden> last = new LinkedHashMap<>();
        overridden.forEach(each -> last.put(new Change(each.mine().element(), each.mine().property()), each));
        return List.copyOf(last.values());
    }

    private MergeReport.Item item(Overridden overridden, String own) {
        Assignment mine = overridden.mine();
        String yours = switch (mine.property()) {
            case Properties.TITLE ->
                mine.value() instanceof Value.Str(String title) ? " Yours was '" + title + "'." : "";
            default -> "";
        };
        String by = overridden.by();
        String who = by == null ? "somebody" : by.equals(own) ? "you, in another window," : by;
        return new MergeReport.Item(overridden.label() + ": " + who + " " + deed(overridden.standing()) + " later."
                + yours, MergeReport.TAKE_BACK, "Take back: " + lowered(overridden.label()),
                List.of(new Edit(mine.element(), mine.property(), mine.value())), List.of());
    }

    private static String deed(Assignment assignment) {
        return switch (assignment.property()) {
            case Properties.BOUNDS -> "moved it";
            case Properties.TITLE -> "renamed it";
            case Properties.QUERY -> "changed its data";
            case Properties.EXISTS -> assignment.value().equals(Value.of(false)) ? "removed it" : "brought it back";
            default -> "changed it";
        };
    }

    private static MergeReport.Item item(AckedPush lost) {
        return new MergeReport.Item(lost.label(), MergeReport.PUT_BACK, "Put back: " + lowered(lost.label()),
                edits(lost.operations()), List.of());
    }

    /// The way to make a refused edit again, with the value that was lost.
    MergeReport.Item item(Rejection rejection) {
        return new MergeReport.Item(rejection.label() + " was taken back: " + rejection.reason(), "Try again",
                rejection.label(), edits(rejection.lost()),
                rejection.typed().entrySet().stream().filter(typed -> !typed.getValue().isEmpty())
                        .map(typed -> new MergeReport.Passage(typed.getKey(), typed.getValue(), false)).toList());
    }

    private static List<Edit> edits(List<? extends Operation> operations) {
        List<Edit> edits = new ArrayList<>();
        operations.forEach(operation -> {
            switch (operation) {
                case Assignment assignment ->
                    edits.add(new Edit(assignment.element(), assignment.property(), assignment.value()));
                case TextEdit _ -> {} // a text is never assigned
            }
        });
        return edits;
    }

    private String name(ElementId element) {
        Assignment title = replica.find(element, Properties.TITLE);
        return title != null && title.value() instanceof Value.Str(String text) && !text.isBlank()
                ? "'" + text + "'"
                : "a widget";
    }

    static String lowered(String label) {
        return label.isEmpty() ? label : Character.toLowerCase(label.charAt(0)) + label.substring(1);
    }
}
