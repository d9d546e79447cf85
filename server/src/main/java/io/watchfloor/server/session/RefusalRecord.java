package io.watchfloor.server.session;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.rest.AuditAction;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Notices what a session is refused for want of a right, and has it heard of on a thread that may block. Thread-safe.
final class RefusalRecord {

    private final SessionContext context;
    private final String address;
    private final Map<Integer, DashboardId> rooms;

    /// @param address of the other end of the connection
    /// @param rooms that the session is in, by number, as they are now
    RefusalRecord(SessionContext context, String address, Map<Integer, DashboardId> rooms) {
        this.context = context;
        this.address = address;
        this.rooms = rooms;
    }

    /// Sees what is said to the session.
    ///
    /// @param account that speaks over it, or null where nobody has said hello
    void said(ServerMessage message, @Nullable String account) {
        switch (message) {
            case ServerMessage.NotJoined no when no.code() == ErrorCode.NOT_FOUND || no.code() == ErrorCode.FORBIDDEN ->
                tell(AuditAction.JOIN, no.dashboard().toString(), "", account);
            case ServerMessage.Rejected no when no.code() == ErrorCode.FORBIDDEN ->
                tell(AuditAction.PUSH, dashboardIn(no.room()), "", account);
            case ServerMessage.Failed no when no.code() == ErrorCode.FORBIDDEN ->
                tell(AuditAction.QUERY, dashboardIn(no.room()), "", account);
            default -> {}
        }
    }

    private @Nullable String dashboardIn(@Nullable Integer room) {
        DashboardId dashboard = room == null ? null : rooms.get(room);
        return dashboard == null ? null : dashboard.toString();
    }

    /// @param subject what it was asked for
    /// @param account that asked, or null where nobody has said hello
    void tell(AuditAction action, @Nullable String subject, String detail, @Nullable String account) {
        context.blocking()
                .execute(() -> context.allowance().refusals().refused(account, address, action, subject, detail));
    }
}
