-- Appends to the logs of one dashboard or of several, which become durable together. A loop of small statements: each
-- finds its row by a key and costs a fraction of one that joins rows with arrays.
--
-- Arrays of one element for each dashboard, of one for each replica that pushed, and of one for each entry; the latter two
-- in the order of the dashboards, whose places they name. Everybody passes dashboards in one order, so that nobody waits
-- in a circle.
--
-- Answers with the places of the dashboards that were appended to: those whose log ends where it was expected to. Nothing
-- at all is written where a push is decided already or its replica unknown (WF001), where rights have changed since the
-- appends were decided (WF002), or where a row was not free in time.
CREATE FUNCTION append_to_logs(
    longest_wait integer, -- milliseconds for a lock; 0: as long as it takes
    rights       bigint,  -- revision that the appends were decided on; negative: any
    dashboards   uuid[],
    epochs       uuid[],
    heads        bigint[],
    tails        bigint[], -- heads after it
    pushing      integer[],
    numbers      integer[],
    firsts       bigint[], -- of the pushes that are decided
    lasts        bigint[],
    adding       integer[],
    authors      integer[],
    pushes       bigint[],
    digests      uuid[],
    bodies       text[],
    body_format  integer
) RETURNS integer[] LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    appended integer[] := '{}';
    replicas integer   := cardinality(pushing);
    entries  integer   := cardinality(adding);
    p        integer   := 1;
    e        integer   := 1;
    at       uuid;
    reached  bigint;
BEGIN
    IF longest_wait > 0 THEN
        PERFORM set_config('lock_timeout', longest_wait::text, true);
    END IF;
    FOR d IN 1 .. cardinality(dashboards) LOOP
        at := dashboards[d];
        reached := heads[d];
        UPDATE dashboard
        SET head = tails[d], changed_at = CASE WHEN tails[d] > reached THEN now() ELSE changed_at END
        WHERE id = at AND epoch = epochs[d] AND head = reached;
        CONTINUE WHEN NOT FOUND;
        appended := appended || d;
        -- What belongs to dashboards that were left out is passed over.
        WHILE p <= replicas AND pushing[p] <= d LOOP
            IF pushing[p] = d THEN
                UPDATE replica_number SET high_water = lasts[p], used_at = now()
                WHERE dashboard = at AND number = numbers[p] AND high_water < firsts[p];
                IF NOT FOUND THEN
                    RAISE EXCEPTION 'a push is decided already, or its replica unknown' USING ERRCODE = 'WF001';
                END IF;
            END IF;
            p := p + 1;
        END LOOP;
        IF entries > 8 AND cardinality(dashboards) = 1 THEN
            INSERT INTO entry (dashboard, revision, format, body, replica, client_seq, digest)
            SELECT at, reached + place, body_format, body::json, replica, client_seq, digest
            FROM unnest(authors, pushes, digests, bodies) WITH ORDINALITY
                AS row (replica, client_seq, digest, body, place);
        ELSE
            WHILE e <= entries AND adding[e] <= d LOOP
                IF adding[e] = d THEN
                    reached := reached + 1;
                    INSERT INTO entry (dashboard, revision, format, body, replica, client_seq, digest)
                    VALUES (at, reached, body_format, bodies[e]::json, authors[e], pushes[e], digests[e]);
                END IF;
                e := e + 1;
            END LOOP;
        END IF;
    END LOOP;
    -- After the rows: who changes rights may wait for a row, and takes this lock last.
    IF rights >= 0 AND cardinality(appended) > 0 AND rights <> hold_rights_revision() THEN
        RAISE EXCEPTION 'rights have changed' USING ERRCODE = 'WF002';
    END IF;
    RETURN appended;
END $$;
