package io.watchfloor.client.sync;

import io.watchfloor.document.ElementId;
import io.watchfloor.document.Limits;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.Presence;
import io.watchfloor.protocol.Presence.Caret;
import io.watchfloor.protocol.Presence.Editing;
import io.watchfloor.protocol.Presence.Ghost;
import io.watchfloor.protocol.Presence.Point;
import io.watchfloor.protocol.Presence.Viewport;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.ServerMessage.Person;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Who else is in a dashboard and what they show, and what this view shows them. What others show is taken in on the
/// thread that brings it, the latest of each, so that the owner has no work per message; it looks when it wants to.
/// What this view shows is sent some thirty times a second at most, and not at all while nobody else is there.
///
/// Owner executor only, but for what says otherwise.
public final class Company {

    /// Milliseconds between two messages.
    static final long PAUSE_MILLIS = 34;

    private final Surroundings surroundings;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private Presence mine = Presence.NONE;
    /// What the server has of this view; null where that is in doubt.
    private @Nullable Presence sent = Presence.NONE;
    private @Nullable Uplink uplink;
    private int room;
    private long lastSent;
    private Timer.@Nullable Scheduled next;

    /// Guards what follows, which the transport's thread writes.
    private final Object lock = new Object();
    private final Map<String, Presence> shown = new HashMap<>();
    private final Map<String, Person> people = new LinkedHashMap<>();
    private String own = "";
    /// The connection whose messages count.
    private @Nullable Uplink source;

    Company(Surroundings surroundings) {
        this.surroundings = surroundings;
        lastSent = surroundings.time().monotonic() - PAUSE_MILLIS;
    }

    /// The others who look at the dashboard now, in no particular order, each once per window. Empty without a
    /// connection. Thread-safe.
    public List<Colleague> colleagues() {
        synchronized (lock) {
            List<Colleague> colleagues = new ArrayList<>();
            people.forEach((session, person) -> {
                if (!session.equals(own)) {
                    colleagues.add(new Colleague(person, shown.getOrDefault(session, Presence.NONE)));
                }
            });
            return colleagues;
        }
    }

    /// Everybody who looks at the dashboard, this view included. Thread-safe.
    public List<Person> people() {
        synchronized (lock) {
            return List.copyOf(people.values());
        }
    }

    /// The colleague of a session, or null where he is not there any more. Thread-safe.
    public @Nullable Colleague find(String session) {
        return colleagues().stream().filter(each -> each.session().equals(session)).findFirst().orElse(null);
    }

    /// The others whose caret is in a text, as they said: offsets count in the revision that stands in the caret.
    /// Thread-safe.
    public List<Colleague> typingIn(ElementId element, String property) {
        return colleagues().stream().filter(each -> {
            Editing editing = each.presence().editing();
            return editing != null && editing.element().equals(element) && property.equals(editing.property())
                    && editing.caret() != null;
        }).toList();
    }

    /// The session that this view speaks through; empty before the first join. Thread-safe.
    public String ownSession() {
        synchronized (lock) {
            return own;
        }
    }

    /// The listener is called when others may show something else, or have come or gone; on any thread, so that all it
    /// may do is to ask for a look in the next pulse. Thread-safe.
    public Registration listen(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// What this view shows at present, whether anybody sees it or not.
    public Presence mine() {
        return mine;
    }

    /// Where the pointer is; null while it is not over the dashboard.
    public void cursor(@Nullable Point cursor) {
        show(new Presence(cursor, mine.selection(), mine.dragging(), mine.editing(), mine.viewport(),
                mine.following()));
    }

    public void selection(Collection<ElementId> selection) {
        show(new Presence(mine.cursor(), selection.stream().limit(Limits.PRESENCE_ELEMENTS).toList(), mine.dragging(),
                mine.editing(), mine.viewport(), mine.following()));
    }

    /// What is being moved or resized; empty when it is let go.
    public void dragging(Collection<Ghost> dragging) {
        show(new Presence(mine.cursor(), mine.selection(), dragging.stream().limit(Limits.PRESENCE_ELEMENTS).toList(),
                mine.editing(), mine.viewport(), mine.following()));
    }

    /// What is being worked on.
    ///
    /// @param property null for the element as a whole
    public void editing(ElementId element, @Nullable String property) {
        editing(new Editing(element, property, null));
    }

    /// Where in a text something is being typed, in UTF-16 units of the text as it was at a revision.
    public void editing(ElementId element, String property, int anchor, int head, long revision) {
        editing(new Editing(element, property, new Caret(revision, anchor, head)));
    }

    public void stopEditing() {
        editing(null);
    }

    private void editing(@Nullable Editing editing) {
        show(new Presence(mine.cursor(), mine.selection(), mine.dragging(), editing, mine.viewport(),
                mine.following()));
    }

    /// Which rows are in sight.
    public void viewport(@Nullable Viewport viewport) {
        show(new Presence(mine.cursor(), mine.selection(), mine.dragging(), mine.editing(), viewport,
                mine.following()));
    }

    /// Whom this view follows; null for nobody.
    public void following(@Nullable String session) {
        show(new Presence(mine.cursor(), mine.selection(), mine.dragging(), mine.editing(), mine.viewport(), session));
    }

    private void show(Presence presence) {
        mine = presence;
        publish();
    }

    private void publish() {
        Uplink to = uplink;
        if (to == null || next != null || mine.equals(sent) || !isInCompany()) {
            return;
        }
        long wait = lastSent + PAUSE_MILLIS - surroundings.time().monotonic();
        if (wait > 0) {
            next = surroundings.timer().after(wait, () -> {
                next = null;
                publish();
            });
        } else {
            sent = mine;
            lastSent = surroundings.time().monotonic();
            to.send(new ClientMessage.Show(room, mine));
        }
    }

    /// Whether others are there who know that this view is there too.
    private boolean isInCompany() {
        synchronized (lock) {
            return people.size() > 1 && people.containsKey(own);
        }
    }

    /// The room was joined. People and what they show come after it.
    void joined(Uplink to, int number, String session) {
        sent = to.equals(uplink) ? null : Presence.NONE;
        uplink = to;
        room = number;
        synchronized (lock) {
            own = session;
        }
        publish();
    }

    /// There is no connection any more, or the room was left: nobody is known to be there.
    void left() {
        uplink = null;
        sent = Presence.NONE;
        if (next != null) {
            next.cancel();
            next = null;
        }
        synchronized (lock) {
            source = null;
            people.clear();
            shown.clear();
        }
        changed();
    }

    /// Others have come or gone. The server forgot what this view showed where it was alone, or was taken for gone.
    void peopleChanged() {
        if (isInCompany()) {
            publish();
        } else {
            sent = Presence.NONE;
        }
    }

    /// A room is about to be joined through a connection, whose messages count from now on. Thread-safe.
    void joining(Uplink from) {
        synchronized (lock) {
            source = from;
        }
    }

    /// On the thread that brings it, in order. Thread-safe.
    void received(Uplink from, ServerMessage.People message) {
        synchronized (lock) {
            if (!from.equals(source)) {
                return;
            }
            people.clear();
            message.people().forEach(person -> people.put(person.session(), person));
            shown.keySet().retainAll(people.keySet());
        }
        changed();
    }

    /// On the thread that brings it, in order. Thread-safe.
    void received(Uplink from, ServerMessage.Seen message) {
        boolean others = false;
        synchronized (lock) {
            if (!from.equals(source)) {
                return;
            }
            for (ServerMessage.Sight sight : message.sights()) {
                if (!sight.session().equals(own) && people.containsKey(sight.session())) {
                    others |= !sight.presence().equals(shown.put(sight.session(), sight.presence()));
                }
            }
        }
        if (others) {
            changed();
        }
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }
}
