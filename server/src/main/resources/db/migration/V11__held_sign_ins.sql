-- Whether an account has to have a second factor, and has one, is judged at each request, like its role.
CREATE CONSTRAINT TRIGGER rights AFTER INSERT OR DELETE OR UPDATE OF secret ON second_factor
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_rights_revision();
CREATE CONSTRAINT TRIGGER rights AFTER INSERT OR UPDATE OR DELETE ON installation_setting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_rights_revision();

-- A secret that waits for its confirmation waits for minutes only.
ALTER TABLE second_factor ADD COLUMN pending_at timestamptz;

-- Where people have signed in from lately: guesses from elsewhere do not keep them out there.
CREATE TABLE sign_in_place (
    account text        NOT NULL REFERENCES account ON DELETE CASCADE,
    place   text        NOT NULL, -- an IPv4 address, or the first 64 bits of an IPv6 one
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (account, place)
);

INSERT INTO sign_in_place (account, place, seen_at)
SELECT account, address, max(renewed_at) FROM refresh_family
WHERE address <> '' AND position(':' IN address) = 0 GROUP BY account, address;
