package io.watchfloor.protocol;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Operation;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.sample.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client says. `docs/PROTOCOL.md` tells when and gives an example of each. Immutable.
public sealed interface ClientMessage extends Message {

    /// The first message of a session.
    ///
    /// @param version version of the protocol, 1
    /// @param client name and version of the program, for logs
    /// @param features optional parts it understands
    /// @param token access token; absent where the handshake carried it in a header
    record Hello(int version, String client, List<String> features, @Nullable String token) implements ClientMessage {

        public Hello {
            features = List.copyOf(features);
        }
    }

    /// A fresh access token, before the old one expires.
    record Renew(String token) implements ClientMessage {}

    /// Asks for a [ServerMessage.Pong] with the same id.
    record Ping(long id) implements ClientMessage {}

    /// Joins a dashboard, or joins it anew after a gap.
    ///
    /// @param epoch of the revision; absent at the first join
    /// @param revision last one that this replica has, 0 for none
    record Join(DashboardId dashboard, ReplicaId replica, @Nullable Epoch epoch,
            long revision) implements ClientMessage {}

    record Leave(int room) implements ClientMessage {}

    /// One atomic list of operations.
    ///
    /// @param clientSeq 1, 2, 3 ... per dashboard and replica
    /// @param operations stamped with this replica's number, 1 to 1,000 of them
    record Push(int room, long clientSeq, List<Operation> operations) implements ClientMessage {

        public Push {
            operations = List.copyOf(operations);
        }
    }

    /// Asks for the past of a query; what follows comes in the room's ticks where the dashboard holds the query.
    ///
    /// @param watch the client's number for the answer
    /// @param from start of the range, milliseconds since 1970 UTC; ignored for tables
    /// @param points most samples wanted of each line; more are reduced to first, least, greatest and last per interval
    record Watch(int room, int watch, Query query, long from, int points) implements ClientMessage {}

    // ---- presence ----

    /// What this session's view shows of itself in a room. It is for the others there and is nowhere stored.
    record Show(int room, Presence presence) implements ClientMessage {}
}
