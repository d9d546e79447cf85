package io.watchfloor.server.session;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.CloseCode;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.rest.AuditAction;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Notices what a session is refused for want of a right, or because it asks for more than it may, and has it heard of on a
/// thread that may block. Thread-safe.
final class RefusalRecord {

    private static final String OVER = "over a limit";

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
            case ServerMessage.NotJoined no when no.code() == ErrorCode.LIMIT ->
                tell(AuditAction.JOIN, no.dashboard().toString(), OVER, account);
            case ServerMessage.Rejected no when no.code() == ErrorCode.FORBIDDEN ->
                tell(AuditAction.PUSH, dashboardIn(no.room()), "", account);
            case ServerMessage.Rejected no when no.code() == ErrorCode.LIMIT ->
                tell(AuditAction.PUSH, dashboardIn(no.room()), OVER, account);
            case ServerMessage.Failed no when no.code() == ErrorCode.FORBIDDEN ->
                tell(AuditAction.QUERY, dashboardIn(no.room()), "", account);
            case ServerMessage.Failed no when no.code() == ErrorCode.LIMIT ->
                tell(AuditAction.QUERY, dashboardIn(no.room()), OVER, account);
            default -> {}
        }
    }

    /// Sees why a session is closed.
    ///
    /// @param account that speaks over it, or null where nobody has said hello
    void closing(CloseCode code, @Nullable String account) {
        switch (code) {
            case TOO_MANY -> tell(AuditAction.CONNECTION, null, "more frames than it may send", account);
            case TOO_LARGE -> tell(AuditAction.CONNECTION, null, "a message larger than it may send", account);
            case MALFORMED -> tell(AuditAction.CONNECTION, null, "messages that cannot be read", account);
            case STOPPING, TOO_SLOW, UNAVAILABLE, TOKEN_EXPIRED, SILENT, INTERNAL, HISTORY_REPLACED, NOT_SIGNED_IN,
                    VERSION, SIGNED_OUT, DISABLED ->
                {}
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
