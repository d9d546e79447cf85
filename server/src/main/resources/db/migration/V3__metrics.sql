-- Series and samples. A series keeps its number for ever: live data calls it by that.
CREATE TABLE series (
    number int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- of name and labels; both together may be longer than an index entry
    digest bytea NOT NULL UNIQUE,
    name text NOT NULL,
    -- each as name=value, sorted
    labels text[] NOT NULL
);
CREATE INDEX series_by_name ON series (name);
CREATE INDEX series_by_label ON series USING gin (labels);

-- One partition per day (UTC), made ahead by the server and dropped whole when it is too old.
CREATE TABLE samples (
    series int NOT NULL,
    -- milliseconds since 1970 UTC
    time bigint NOT NULL,
    value double precision NOT NULL,
    PRIMARY KEY (series, time)
) PARTITION BY RANGE (time);

-- Who of several instances does what must not be done twice.
CREATE TABLE leases (
    name text PRIMARY KEY,
    holder text NOT NULL,
    until timestamptz NOT NULL
);

-- What was done once and is never done again.
CREATE TABLE milestones (
    name text PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now()
);
