-- Accounts, what they may do, and the secrets that stand for them. Of secrets that somebody else presents only hashes
-- are kept.

CREATE TABLE account (
    name                 text        PRIMARY KEY,
    role                 text        NOT NULL CHECK (role IN ('VIEWER', 'EDITOR', 'ADMIN')),
    password             text, -- Argon2id in PHC format; null: signs in by code only
    must_change_password boolean     NOT NULL,
    disabled             boolean     NOT NULL DEFAULT false,
    generation           integer     NOT NULL DEFAULT 1, -- raised to end all access tokens that are out
    created_at           timestamptz NOT NULL
);

-- Names differ by more than case, so that nobody passes for somebody else.
CREATE UNIQUE INDEX account_name ON account (lower(name));

-- One family of refresh tokens is one sign-in: each renewal replaces the token by its successor.
CREATE TABLE refresh_family (
    id                 uuid        PRIMARY KEY,
    account            text        NOT NULL REFERENCES account ON DELETE CASCADE,
    generation         integer     NOT NULL,
    token_hash         text        NOT NULL,
    password_may_be_due boolean    NOT NULL, -- signed in by code: not held up by a password that is due
    started_at         timestamptz NOT NULL,
    renewed_at         timestamptz NOT NULL
);

CREATE INDEX refresh_family_account ON refresh_family (account);

CREATE TABLE sign_in_code (
    code_hash  text        PRIMARY KEY,
    account    text        NOT NULL REFERENCES account ON DELETE CASCADE,
    expires_at timestamptz NOT NULL
);

-- Keys of this installation, shared by its instances.
CREATE TABLE signing_key (
    id         text        PRIMARY KEY,
    purpose    text        NOT NULL CHECK (purpose IN ('ACCESS', 'REFRESH')),
    secret     bytea       NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE service_token (
    id         text        PRIMARY KEY,
    name       text        NOT NULL UNIQUE,
    token_hash text        NOT NULL UNIQUE,
    scopes     text[]      NOT NULL,
    created_by text, -- null: on the command line
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);

-- Rights on one dashboard; without an account they are everyone's. The owner's right follows from the dashboard itself.
CREATE TABLE dashboard_grant (
    dashboard uuid NOT NULL REFERENCES dashboard ON DELETE CASCADE,
    account   text REFERENCES account ON DELETE CASCADE,
    granted   text NOT NULL CHECK (granted IN ('NONE', 'VIEW', 'EDIT', 'OWN')),
    UNIQUE NULLS NOT DISTINCT (dashboard, account)
);

-- Raised by everything that changes who may do what; instances poll it. Triggers raise it, so that no statement can
-- forget to.
CREATE TABLE rights_revision (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    revision bigint  NOT NULL
);

INSERT INTO rights_revision (revision) VALUES (1);

CREATE FUNCTION raise_rights_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE rights_revision SET revision = revision + 1;
    RETURN NULL;
END $$;

CREATE TRIGGER rights AFTER INSERT OR UPDATE OR DELETE ON account
    FOR EACH STATEMENT EXECUTE FUNCTION raise_rights_revision();
CREATE TRIGGER rights AFTER INSERT OR UPDATE OR DELETE ON service_token
    FOR EACH STATEMENT EXECUTE FUNCTION raise_rights_revision();
CREATE TRIGGER rights AFTER INSERT OR UPDATE OR DELETE ON dashboard_grant
    FOR EACH STATEMENT EXECUTE FUNCTION raise_rights_revision();
CREATE TRIGGER rights AFTER INSERT OR DELETE OR UPDATE OF owner ON dashboard
    FOR EACH STATEMENT EXECUTE FUNCTION raise_rights_revision();
