-- The past of dashboards: how far their logs reach back, which snapshots stay, and named versions.

-- Entries up to here have left by age; a snapshot of this revision stands in their place.
ALTER TABLE dashboard ADD COLUMN log_start bigint NOT NULL DEFAULT 0;

-- How many snapshots were made before this one. Of the older ones every sixteenth stays.
ALTER TABLE snapshot ADD COLUMN number bigint NOT NULL DEFAULT 1;

-- A revision with a name keeps its own state, whatever becomes of the log.
CREATE TABLE version (
    dashboard uuid        NOT NULL REFERENCES dashboard ON DELETE CASCADE,
    name      text        NOT NULL,
    revision  bigint      NOT NULL,
    author    text        NOT NULL,
    at        timestamptz NOT NULL,
    format    smallint    NOT NULL,
    body      json        NOT NULL,
    PRIMARY KEY (dashboard, name)
);

-- To find those that were not used for a long time.
CREATE INDEX replica_number_replica ON replica_number (replica);
