-- Sign-ins as people see them, groups, invitations, second factors, and the end of what was let in.

-- What the desktop knows itself by, as a hash: only it may send the last refresh token again.
ALTER TABLE refresh_family
    ADD COLUMN device_hash text,
    ADD COLUMN device_name text NOT NULL DEFAULT '',
    ADD COLUMN address     text NOT NULL DEFAULT '';

-- Sign-ins that ended lately: access tokens that name one of them are void, and its connections end.
CREATE TABLE ended_session (
    id       uuid        PRIMARY KEY,
    ended_at timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION remember_ended_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ended_session (id) VALUES (OLD.id) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE TRIGGER ended AFTER DELETE ON refresh_family FOR EACH ROW EXECUTE FUNCTION remember_ended_session();

-- Who raises the counter waits for appends that were decided on the rights as they are, and keeps others from beginning
-- until the change is committed. The number is the ASCII letters of "rights". Everybody locks it after rows, those who
-- raise the counter last of all, while they commit: so nobody waits in a circle.
CREATE OR REPLACE FUNCTION raise_rights_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(125797032031347);
    UPDATE rights_revision SET revision = revision + 1;
    RETURN NULL;
END $$;

CREATE FUNCTION hold_rights_revision() RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(125797032031347);
    RETURN (SELECT revision FROM rights_revision);
END $$;

CREATE TABLE people_group (
    name       text        PRIMARY KEY,
    created_at timestamptz NOT NULL
);

CREATE UNIQUE INDEX people_group_name ON people_group (lower(name));

CREATE TABLE group_member (
    group_name text NOT NULL REFERENCES people_group ON DELETE CASCADE,
    account    text NOT NULL REFERENCES account ON DELETE CASCADE,
    PRIMARY KEY (group_name, account)
);

-- A grant is an account's, a group's, or, with neither, everyone's.
ALTER TABLE dashboard_grant
    ADD COLUMN group_name text REFERENCES people_group ON DELETE CASCADE,
    ADD CONSTRAINT one_grantee CHECK (account IS NULL OR group_name IS NULL);
ALTER TABLE dashboard_grant DROP CONSTRAINT dashboard_grant_dashboard_account_key;
ALTER TABLE dashboard_grant
    ADD CONSTRAINT dashboard_grant_grantee UNIQUE NULLS NOT DISTINCT (dashboard, account, group_name);

CREATE TABLE invitation (
    id         text        PRIMARY KEY,
    code_hash  text        NOT NULL UNIQUE,
    name       text, -- null: the invited person chooses
    role       text        NOT NULL CHECK (role IN ('VIEWER', 'EDITOR', 'ADMIN')),
    groups     text[]      NOT NULL,
    invited_by text,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);

DROP TRIGGER rights ON account;
DROP TRIGGER rights ON service_token;
DROP TRIGGER rights ON dashboard_grant;
DROP TRIGGER rights ON dashboard;

CREATE CONSTRAINT TRIGGER rights AFTER INSERT OR UPDATE OR DELETE ON account
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_rights_revision();
CREATE CONSTRAINT TRIGGER rights AFTER INSERT OR UPDATE OR DELETE ON service_token
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_rights_revision();
CREATE CONSTRAINT TRIGGER rights AFTER INSERT OR UPDATE OR DELETE ON dashboard_grant
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_rights_revision();
CREATE CONSTRAINT TRIGGER rights AFTER INSERT OR DELETE OR UPDATE OF owner ON dashboard
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_rights_revision();
CREATE CONSTRAINT TRIGGER rights AFTER INSERT OR UPDATE OR DELETE ON people_group
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_rights_revision();
CREATE CONSTRAINT TRIGGER rights AFTER INSERT OR UPDATE OR DELETE ON group_member
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_rights_revision();
CREATE CONSTRAINT TRIGGER rights AFTER INSERT ON ended_session
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_rights_revision();
