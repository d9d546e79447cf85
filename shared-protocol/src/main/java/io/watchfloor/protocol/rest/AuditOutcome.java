package io.watchfloor.protocol.rest;

/// What became of something in the audit log.
public enum AuditOutcome {
    DONE, REFUSED
}
