package io.watchfloor.server.http;

import io.watchfloor.protocol.rest.ProblemCode;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Gives requests for one path to the WebSocket handler, and tells one who asks there for something else what it is for.
/// Thread-safe.
final class UpgradeOnly extends Handler.Wrapper {

    private final String path;

    UpgradeOnly(String path, Handler upgrade) {
        super(upgrade);
        this.path = path;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!path.equals(Request.getPathInContext(request))) {
            return false;
        }
        if (!super.handle(request, response, callback)) {
            Router.send(response, new ProblemException(ProblemCode.UPGRADE_REQUIRED,
                    "This address speaks WebSocket, with the subprotocol watchfloor.v1.cbor or watchfloor.v1.json.")
                    .with("Upgrade", "websocket").answer(), callback);
        }
        return true;
    }
}
