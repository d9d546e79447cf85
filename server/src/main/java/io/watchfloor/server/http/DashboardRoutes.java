package io.watchfloor.server.http;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Limits;
import io.watchfloor.document.Properties;
import io.watchfloor.document.PropertyTypes;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.protocol.rest.DashboardList;
import io.watchfloor.protocol.rest.DashboardRow;
import io.watchfloor.protocol.rest.NewDashboard;
import io.watchfloor.protocol.rest.ProblemCode;
import io.watchfloor.server.audit.AuditLog;
import io.watchfloor.server.auth.Rights;
import io.watchfloor.server.store.DashboardStore;
import io.watchfloor.server.store.DashboardSummary;
import io.watchfloor.server.store.StoreException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Lists, makes and deletes dashboards. Thread-safe.
public final class DashboardRoutes {

    private final DashboardStore dashboards;
    private final Rights rights;
    private final AuditLog audit;
    private final InstantSource clock;
    private final TimeBasedEpochGenerator ids;

    public DashboardRoutes(DashboardStore dashboards, Rights rights, AuditLog audit, InstantSource clock,
            SecureRandom random) {
        this.audit = audit;
        this.dashboards = dashboards;
        this.rights = rights;
        this.clock = clock;
        this.ids = Generators.timeBasedEpochGenerator(random);
    }

    public List<Route> routes() {
        return List.of(Route.get("/api/v1/dashboards", Access.person(Role.VIEWER), this::list)
                .says("Dashboards that one may see.", DashboardList.class),
                Route.post("/api/v1/dashboards", Access.person(Role.EDITOR), this::create).takes(NewDashboard.class)
                        .makes("Makes a dashboard.", DashboardRow.class),
                Route.delete("/api/v1/dashboards/{id}", Access.person(Role.EDITOR), this::delete)
                        .does("Deletes a dashboard."));
    }

    private Answer list(Call call) {
        String account = call.caller().account();
        rights.refresh();
        List<DashboardRow> rows = await(dashboards.list()).stream().map(summary -> row(summary, account))
                .filter(row -> row.right() != Right.NONE).toList();
        return Answer.json(new DashboardList(rows));
    }

    private DashboardRow row(DashboardSummary summary, String account) {
        return new DashboardRow(summary.dashboard(), summary.title(), summary.owner(), summary.changedAt(),
                rights.rightOf(account, summary.dashboard()));
    }

    private Answer create(Call call) {
        String title = call.json(NewDashboard.class).title().strip();
        String problem = problemOf(title);
        if (problem != null) {
            throw new ProblemException(ProblemCode.INVALID, "The title " + problem + ".", "title");
        }
        String account = call.caller().account();
        DashboardId id = new DashboardId(ids.generate());
        long now = clock.millis();
        Assignment titled = new Assignment(ElementId.DASHBOARD, Properties.TITLE, Value.of(title),
                new Stamp(now, 0, 0));
        audit.act(call.origin(), AuditAction.DASHBOARD_CREATED, id.toString(), title, () -> {
            await(dashboards.create(id, title, account, List.of(new Entry(1, 0, 1, account, now, List.of(titled)))));
            return true;
        });
        rights.changed();
        return Answer.json(201, new DashboardRow(id, title, account, now, rights.rightOf(account, id)));
    }

    private static @Nullable String problemOf(String title) {
        if (title.isEmpty()) {
            return "must not be empty";
        }
        String problem = Limits.problemOf(Value.of(title));
        return problem != null ? problem : PropertyTypes.problemOf(Properties.TITLE, Value.of(title));
    }

    private Answer delete(Call call) {
        DashboardId id = id(call.path("id"));
        Right right = id == null ? Right.NONE : rights.rightOf(call.caller().account(), id, Right.OWN);
        if (id == null || right == Right.NONE) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "There is no such dashboard.");
        }
        if (right != Right.OWN) {
            throw new ProblemException(ProblemCode.FORBIDDEN,
                    "Only its owner or an administrator deletes a dashboard.");
        }
        boolean deleted = audit.act(call.origin(), AuditAction.DASHBOARD_DELETED, id.toString(), "",
                () -> await(dashboards.delete(id)));
        rights.changed();
        if (!deleted) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "There is no such dashboard.");
        }
        return Answer.empty();
    }

    private static @Nullable DashboardId id(String text) {
        try {
            return DashboardId.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static <T extends @Nullable Object> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreException fault) {
                throw fault;
            }
            throw e;
        }
    }
}
