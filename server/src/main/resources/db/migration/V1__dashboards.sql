-- Dashboards, their logs, and who has pushed what to them.

-- Which database this is. A restored or promoted one differs, and may lack what clients have seen.
CREATE TABLE database_identity (
    only_row          boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    system_identifier text    NOT NULL,
    timeline          text    NOT NULL,
    database_oid      bigint  NOT NULL
);

-- The row lock of a dashboard orders all who append to its log. The row changes with each append: the room left in its
-- pages, and no index on what changes, keep that cheap.
CREATE TABLE dashboard (
    id            uuid        PRIMARY KEY,
    epoch         uuid        NOT NULL,
    head          bigint      NOT NULL,
    replicas      integer     NOT NULL, -- greatest number given to a replica
    owner         text,
    changed_at    timestamptz NOT NULL,
    title         text        NOT NULL,
    title_wall    bigint      NOT NULL, -- stamp of the title in force
    title_counter integer     NOT NULL,
    title_replica integer     NOT NULL
) WITH (fillfactor = 50);

-- The log. Revisions are unique by the dashboard's row lock; the key carries the day only because it is partitioned by
-- month, so that old months can leave at once. Bodies are json and not jsonb, which writes numbers anew: 1e300 would come
-- back as 301 digits.
CREATE TABLE entry (
    dashboard uuid     NOT NULL,
    revision  bigint   NOT NULL,
    stored_on date     NOT NULL DEFAULT (now() AT TIME ZONE 'utc')::date,
    format    smallint NOT NULL,
    body      json     NOT NULL,
    PRIMARY KEY (dashboard, revision, stored_on)
) PARTITION BY RANGE (stored_on);

CREATE TABLE snapshot (
    dashboard uuid     NOT NULL REFERENCES dashboard ON DELETE CASCADE,
    revision  bigint   NOT NULL,
    format    smallint NOT NULL,
    body      json     NOT NULL,
    PRIMARY KEY (dashboard, revision)
);

-- A desktop's replica belongs to the account that used it first, in all dashboards.
CREATE TABLE replica (
    id      uuid PRIMARY KEY,
    account text NOT NULL
);

-- A replica's number in one dashboard. Number 0 is the server's own and has no id.
CREATE TABLE replica_number (
    dashboard  uuid        NOT NULL REFERENCES dashboard ON DELETE CASCADE,
    number     integer     NOT NULL,
    replica    uuid        REFERENCES replica,
    high_water bigint      NOT NULL,
    used_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (dashboard, number),
    UNIQUE (dashboard, replica)
) WITH (fillfactor = 50);

-- What was decided about the last pushes of each replica: a revision, or a refusal.
CREATE TABLE push (
    dashboard     uuid    NOT NULL,
    replica       integer NOT NULL,
    client_seq    bigint  NOT NULL,
    digest        uuid    NOT NULL, -- 128 bits
    revision      bigint,
    refusal_code  text,
    refusal_field text,
    refusal_text  text,
    PRIMARY KEY (dashboard, replica, client_seq),
    FOREIGN KEY (dashboard, replica) REFERENCES replica_number ON DELETE CASCADE,
    CHECK ((revision IS NULL) = (refusal_code IS NOT NULL)),
    CHECK ((refusal_code IS NULL) = (refusal_text IS NULL))
);
