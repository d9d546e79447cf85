-- When somebody signed in to an account last. Beside the account, whose every change is a change of rights.
CREATE TABLE account_activity (
    account      text        PRIMARY KEY REFERENCES account ON DELETE CASCADE,
    signed_in_at timestamptz NOT NULL
);

INSERT INTO account_activity (account, signed_in_at)
SELECT account, max(started_at) FROM refresh_family GROUP BY account;

-- When a program used its token last.
CREATE TABLE service_token_use (
    token   text        PRIMARY KEY REFERENCES service_token ON DELETE CASCADE,
    used_at timestamptz NOT NULL
);

-- Administrators look through the audit log by who, what, and when.
CREATE INDEX audit_event_actor ON audit_event (lower(actor), id);
CREATE INDEX audit_event_subject ON audit_event (lower(subject), id);
CREATE INDEX audit_event_action ON audit_event (action, id);
CREATE INDEX audit_event_refused ON audit_event (id) WHERE outcome = 'REFUSED';
CREATE INDEX audit_event_at ON audit_event (at);

-- A group that is renamed keeps its members and what was granted to it.
ALTER TABLE group_member
    DROP CONSTRAINT group_member_group_name_fkey,
    ADD CONSTRAINT group_member_group_name_fkey FOREIGN KEY (group_name) REFERENCES people_group
        ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE dashboard_grant
    DROP CONSTRAINT dashboard_grant_group_name_fkey,
    ADD CONSTRAINT dashboard_grant_group_name_fkey FOREIGN KEY (group_name) REFERENCES people_group
        ON DELETE CASCADE ON UPDATE CASCADE;
