package io.watchfloor.server.http;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Limits;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.protocol.rest.DashboardAt;
import io.watchfloor.protocol.rest.HistoryPage;
import io.watchfloor.protocol.rest.NewVersion;
import io.watchfloor.protocol.rest.ProblemCode;
import io.watchfloor.protocol.rest.Restore;
import io.watchfloor.protocol.rest.Restored;
import io.watchfloor.protocol.rest.VersionList;
import io.watchfloor.server.audit.AuditLog;
import io.watchfloor.server.auth.Rights;
import io.watchfloor.server.history.Histories;
import io.watchfloor.server.room.Change;
import io.watchfloor.server.room.OtherEpochException;
import io.watchfloor.server.room.RefusedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The past of a dashboard: its history, its named versions, and going back. To look at it takes the right to see the
/// dashboard, everything else the right to edit it. Thread-safe.
public final class HistoryRoutes {

    private static final String DASHBOARD = "/api/v1/dashboards/{id}";
    private static final int USUAL_LINES = 50;
    private static final int LONGEST_NAME = 100;

    private final Histories histories;
    private final AuditLog audit;
    private final Rights rights;

    public HistoryRoutes(Histories histories, Rights rights, AuditLog audit) {
        this.audit = audit;
        this.histories = histories;
        this.rights = rights;
    }

    public List<Route> routes() {
        Access viewers = Access.person(Role.VIEWER);
        Access editors = Access.person(Role.EDITOR);
        return List.of(
                Route.get(DASHBOARD + "/history", viewers, this::history)
                        .asks(Contract.Parameter.ofNumber("before", "the revision to go back from"),
                                Contract.Parameter.ofNumber("limit", "at most so many lines"))
                        .says("Who changed what, newest first.", HistoryPage.class),
                Route.get(DASHBOARD + "/revisions/{revision}", viewers, this::at)
                        .says("The dashboard as it was.", DashboardAt.class, ProblemCode.INVALID),
                Route.post(DASHBOARD + "/restore", editors, this::restore).takes(Restore.class)
                        .says("Makes it look as it was, by a new change.", Restored.class, ProblemCode.CONFLICT),
                Route.get(DASHBOARD + "/versions", viewers, this::versions)
                        .says("The named versions.", VersionList.class),
                Route.post(DASHBOARD + "/versions", editors, this::name).takes(NewVersion.class)
                        .makes("Names a version."),
                Route.delete(DASHBOARD + "/versions/{name}", editors, this::forget).does("Takes a name away."));
    }

    private Answer history(Call call) {
        DashboardId dashboard = dashboard(call, Right.VIEW);
        long before = number(call.query("before"), "before", Long.MAX_VALUE);
        long most = number(call.query("limit"), "limit", USUAL_LINES);
        if (most < 1 || most > Histories.LINES) {
            throw new ProblemException(ProblemCode.INVALID, "The limit must be 1 to " + Histories.LINES + ".", "limit");
        }
        HistoryPage page = histories.page(dashboard, before, (int) most);
        if (page == null) {
            throw noDashboard();
        }
        return Answer.json(page);
    }

    private Answer at(Call call) {
        DashboardId dashboard = dashboard(call, Right.VIEW);
        DashboardAt at = histories.at(dashboard, number(call.path("revision"), "revision", 0));
        if (at == null) {
            throw noRevision();
        }
        return Answer.json(at);
    }

    private Answer restore(Call call) {
        DashboardId dashboard = dashboard(call, Right.EDIT);
        Restore asked = call.json(Restore.class);
        long revision = asked.revision();
        try {
            Change.Done done = audit.announced(call.origin(), AuditAction.DASHBOARD_RESTORED, dashboard.toString(),
                    "to revision " + revision, () -> {
                        Change.Done made = histories.restore(dashboard, call.caller().account(), revision,
                                asked.epoch());
                        if (made == null) {
                            throw noRevision();
                        }
                        return made;
                    });
            return Answer.json(new Restored(done.epoch(), done.before(), done.revision()));
        } catch (OtherEpochException _) {
            throw new ProblemException(ProblemCode.CONFLICT, "The history that revision " + revision
                    + " was taken from is"
                    + " no more: the database was restored from a backup, and the number may stand for something else. "
                    + "Nothing was changed; look at the history anew.", "epoch");
        } catch (RefusedException e) {
            throw new ProblemException(
                    e.code() == ErrorCode.FORBIDDEN ? ProblemCode.FORBIDDEN : ProblemCode.INVALID,
                    "The revision was not restored; nothing was changed. " + e.getMessage());
        }
    }

    private Answer versions(Call call) {
        VersionList versions = histories.versions(dashboard(call, Right.VIEW));
        if (versions == null) {
            throw noDashboard();
        }
        return Answer.json(versions);
    }

    private Answer name(Call call) {
        DashboardId dashboard = dashboard(call, Right.EDIT);
        NewVersion asked = call.json(NewVersion.class);
        String name = asked.name().strip();
        String problem = problemOf(name);
        if (problem != null) {
            throw new ProblemException(ProblemCode.INVALID, "The name " + problem + ".", "name");
        }
        Long revision = asked.revision() == null ? histories.newest(dashboard) : asked.revision();
        return audit.act(call.origin(), AuditAction.VERSION_NAMED, dashboard.toString(),
                "revision " + revision + " as " + name, () -> named(call, dashboard, name, revision));
    }

    private Answer named(Call call, DashboardId dashboard, String name, @Nullable Long revision) {
        return switch (histories.name(dashboard, name, revision == null ? -1 : revision, call.caller().account())) {
            case DONE -> new Answer(201, "", new byte[0], java.util.Map.of());
            case TAKEN -> throw new ProblemException(ProblemCode.INVALID,
                    "There is a version of this name already; choose another one, or delete that one.", "name");
            case TOO_MANY -> throw new ProblemException(ProblemCode.INVALID, "A dashboard has at most "
                    + Histories.VERSIONS + " named versions; delete one that is not needed any more.");
            case UNKNOWN -> throw noRevision();
        };
    }

    private Answer forget(Call call) {
        DashboardId dashboard = dashboard(call, Right.EDIT);
        audit.act(call.origin(), AuditAction.VERSION_DELETED, dashboard.toString(), call.path("name"), () -> {
            if (!histories.forget(dashboard, call.path("name"))) {
                throw new ProblemException(ProblemCode.NOT_FOUND, "There is no version of this name.");
            }
            return true;
        });
        return Answer.empty();
    }

    private static @Nullable String problemOf(String name) {
        if (name.isEmpty()) {
            return "must not be empty";
        }
        if (name.length() > LONGEST_NAME) {
            return "must have at most " + LONGEST_NAME + " characters";
        }
        return Limits.problemOf(Value.of(name));
    }

    private static ProblemException noDashboard() {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no such dashboard.");
    }

    private static ProblemException noRevision() {
        return new ProblemException(ProblemCode.NOT_FOUND,
                "The dashboard has no such revision, or it is older than the history is kept.");
    }

    /// Who may not see a dashboard is told that there is none.
    private DashboardId dashboard(Call call, Right least) {
        DashboardId id = id(call.path("id"));
        Right right = id == null ? Right.NONE : rights.rightOf(call.caller().account(), id, least);
        if (id == null || right == Right.NONE) {
            throw noDashboard();
        }
        if (right.compareTo(least) < 0) {
            throw new ProblemException(ProblemCode.FORBIDDEN, "You may look at this dashboard, not change it.");
        }
        return id;
    }

    private static @Nullable DashboardId id(String text) {
        try {
            return DashboardId.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static long number(@Nullable String text, String field, long otherwise) {
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ProblemException(ProblemCode.INVALID, "'" + field + "' must be a whole number.", field);
        }
    }
}
