-- Wall screens: each is bound to the key of one device and looks at its dashboards. They are no accounts, so that nobody
-- can give one a password, a role or a group.
CREATE TABLE kiosk (
    name            text        PRIMARY KEY,
    sign_in         uuid        NOT NULL,
    generation      integer     NOT NULL, -- raised to end the access tokens that are out
    public_key      text, -- null until a device is enrolled
    code_hash       text UNIQUE,
    code_expires_at timestamptz,
    last_challenge  bigint      NOT NULL DEFAULT 0, -- each works once
    made_by         text, -- null: on the command line
    made_at         timestamptz NOT NULL,
    used_at         timestamptz,
    used_from       text
);

CREATE UNIQUE INDEX kiosk_name ON kiosk (lower(name));

CREATE TABLE kiosk_dashboard (
    kiosk     text    NOT NULL REFERENCES kiosk ON DELETE CASCADE,
    dashboard uuid    NOT NULL REFERENCES dashboard ON DELETE CASCADE,
    place     integer NOT NULL,
    PRIMARY KEY (kiosk, dashboard)
);

CREATE CONSTRAINT TRIGGER rights AFTER INSERT OR DELETE OR UPDATE OF generation, public_key ON kiosk
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_rights_revision();
CREATE CONSTRAINT TRIGGER rights AFTER INSERT OR UPDATE OR DELETE ON kiosk_dashboard
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_rights_revision();
