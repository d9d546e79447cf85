package io.watchfloor.client.model;

import io.watchfloor.client.sync.Colleague;
import io.watchfloor.client.sync.Company;
import io.watchfloor.protocol.Presence.Point;
import io.watchfloor.protocol.Presence.Viewport;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Whose view this one follows, if anybody's. Nobody follows in a circle: who would is told so, and of those who began at
/// the same moment the one whose session is named last gives up. Owner executor only.
public final class Following {

    private final Company company;
    private @Nullable String leader;
    private String name = "";

    public Following(Company company) {
        this.company = company;
    }

    /// Whom this view follows, if he is there.
    public @Nullable Colleague leader() {
        return leader == null ? null : company.find(leader);
    }

    /// Begins to follow somebody.
    ///
    /// @return why not, as a sentence for people; empty where it has begun
    public Optional<String> follow(String session) {
        Colleague colleague = company.find(session);
        if (colleague == null) {
            return Optional.of("He has left the dashboard.");
        }
        if (circle(session).contains(company.ownSession())) {
            return Optional.of(colleague.person().account() + " follows you already.");
        }
        leader = session;
        name = colleague.person().account();
        company.following(session);
        return Optional.empty();
    }

    public void stop() {
        leader = null;
        company.following(null);
    }

    /// To be called when others have changed.
    ///
    /// @return why this view follows nobody any more, as a sentence for people; empty where nothing has ended
    public Optional<String> check() {
        String followed = leader;
        if (followed == null) {
            return Optional.empty();
        }
        if (company.find(followed) == null) {
            stop();
            return Optional.of(name + " has left the dashboard.");
        }
        SortedSet<String> circle = circle(followed);
        if (circle.contains(company.ownSession()) && circle.last().equals(company.ownSession())) {
            stop();
            return Optional.of(name + " follows you.");
        }
        return Optional.empty();
    }

    /// Sessions that follow one another from this one on, itself included.
    private SortedSet<String> circle(String session) {
        SortedSet<String> passed = new TreeSet<>();
        String at = session;
        while (at != null && passed.add(at) && !at.equals(company.ownSession())) {
            Colleague colleague = company.find(at);
            at = colleague == null ? null : colleague.presence().following();
        }
        return passed;
    }

    /// The row to begin with so as to see what the leader sees: his first one, or, where less is in sight here, the part
    /// that his pointer is in.
    ///
    /// @param rows in sight here
    /// @return empty where he does not tell what he sees
    public static Optional<Double> top(@Nullable Viewport his, @Nullable Point cursor, double rows) {
        if (his == null) {
            return Optional.empty();
        }
        double spare = his.rows() - rows;
        if (spare <= 0 || cursor == null) {
            return Optional.of(his.top());
        }
        double lowest = cursor.y() + 2 - rows;
        return Optional.of(Math.clamp(lowest, his.top(), his.top() + spare));
    }
}
