package io.watchfloor.server;

import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.server.audit.AuditLog;
import io.watchfloor.server.audit.Origin;

/// What the operator of the machine does, on the command line or with an option of the server's start. It is written down
/// before it is done, in the same transaction: where that fails nothing is done, so that no file with a secret is left over
/// either. Thread-safe.
record OperatorActs(AuditLog audit) {

    /// Something that the operator does.
    interface Act<T> {

        /// @throws StartException where it cannot be done; nothing is kept then, nor is the record
        T run() throws StartException;
    }

    /// Carries what went wrong out of a transaction.
    private static final class Stopped extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final StartException why;

        Stopped(StartException why) {
            super(why);
            this.why = why;
        }
    }

    /// @throws io.watchfloor.server.store.StoreException where it cannot be written down
    <T> T act(AuditAction action, String subject, String detail, Act<T> act) throws StartException {
        try {
            return audit.together(() -> {
                audit.done(Origin.COMMAND_LINE, action, subject, detail);
                try {
                    return act.run();
                } catch (StartException e) {
                    throw new Stopped(e);
                }
            });
        } catch (Stopped e) {
            throw e.why;
        }
    }
}
