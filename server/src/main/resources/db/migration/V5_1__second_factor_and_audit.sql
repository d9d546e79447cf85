-- Secrets of authenticators, sealed with a key of the installation. One that is not confirmed yet does not count.
CREATE TABLE second_factor (
    account   text   PRIMARY KEY REFERENCES account ON DELETE CASCADE,
    secret    bytea,
    pending   bytea,
    last_step bigint NOT NULL DEFAULT 0 -- the time step of the last code that was used; no code is used twice
);

CREATE TABLE recovery_code (
    account   text NOT NULL REFERENCES account ON DELETE CASCADE,
    code_hash text NOT NULL,
    PRIMARY KEY (account, code_hash)
);

CREATE TABLE installation_setting (
    name  text PRIMARY KEY,
    value text NOT NULL
);

ALTER TABLE signing_key DROP CONSTRAINT signing_key_purpose_check;
ALTER TABLE signing_key
    ADD CONSTRAINT signing_key_purpose_check CHECK (purpose IN ('ACCESS', 'REFRESH', 'SEAL', 'AUDIT', 'CHECKPOINT'));

-- Who did what, from where, when, and what became of it. Each writer has a chain: the code of an event covers the event
-- and the code of the one before.
CREATE TABLE audit_event (
    id      bigint      GENERATED ALWAYS AS IDENTITY UNIQUE, -- for turning pages
    writer  text        NOT NULL,
    number  bigint      NOT NULL,
    at      timestamptz NOT NULL,
    actor   text,
    address text,
    action  text        NOT NULL,
    subject text,
    outcome text        NOT NULL,
    detail  text        NOT NULL,
    times   integer     NOT NULL,
    key_id  text        NOT NULL,
    mac     text        NOT NULL,
    PRIMARY KEY (writer, number)
);

CREATE TABLE audit_chain (
    writer text   PRIMARY KEY,
    number bigint NOT NULL,
    mac    text   NOT NULL
);

-- Against mistakes. Whoever owns the table can take the trigger away; a role that does not own it cannot.
CREATE FUNCTION refuse_to_change_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is only added to';
END $$;

CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_audit();
