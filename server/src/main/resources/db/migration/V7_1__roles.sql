-- What only the owner of the tables may do, and the server has to, while it serves with a role that owns nothing. The
-- functions do these things, and nothing else, with their owner's rights.

CREATE FUNCTION make_entry_month(month date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = "${flyway:defaultSchema}", pg_temp AS $$
DECLARE
    part text := 'entry_' || to_char(month, 'YYYY_MM');
    first date := date_trunc('month', month)::date;
BEGIN
    IF to_regclass(part) IS NULL THEN
        -- Made apart and attached, it does not lock out those who write meanwhile.
        EXECUTE format('CREATE TABLE %I (LIKE entry INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part);
        EXECUTE format('ALTER TABLE entry ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', part, first,
                       (first + interval '1 month')::date);
    END IF;
END $$;

CREATE FUNCTION drop_entry_month(month date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = "${flyway:defaultSchema}", pg_temp AS $$
BEGIN
    EXECUTE format('DROP TABLE %I', 'entry_' || to_char(month, 'YYYY_MM'));
END $$;

CREATE FUNCTION make_sample_day(day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = "${flyway:defaultSchema}", pg_temp AS $$
DECLARE
    part text := 'samples_' || to_char(day, 'YYYYMMDD');
    first bigint := (day - date '1970-01-01') * 86400000::bigint;
BEGIN
    IF to_regclass(part) IS NULL THEN
        EXECUTE format('CREATE TABLE %I (LIKE samples INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part);
        EXECUTE format('ALTER TABLE samples ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)', part, first,
                       first + 86400000);
    END IF;
END $$;

CREATE FUNCTION drop_sample_day(day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = "${flyway:defaultSchema}", pg_temp AS $$
BEGIN
    EXECUTE format('DROP TABLE IF EXISTS %I', 'samples_' || to_char(day, 'YYYYMMDD'));
END $$;

-- The end of a chain follows its events, so that nobody else has to be able to change it.
CREATE FUNCTION lengthen_audit_chain() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = "${flyway:defaultSchema}", pg_temp AS $$
BEGIN
    IF NEW.number = 1 THEN
        INSERT INTO audit_chain (writer, number, mac) VALUES (NEW.writer, 1, NEW.mac);
    ELSE
        UPDATE audit_chain SET number = NEW.number, mac = NEW.mac
        WHERE writer = NEW.writer AND number = NEW.number - 1;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'the audit log of % does not go on with number %', NEW.writer, NEW.number;
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER chain AFTER INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION lengthen_audit_chain();

REVOKE ALL ON FUNCTION make_entry_month(date), drop_entry_month(date), make_sample_day(date), drop_sample_day(date),
    lengthen_audit_chain() FROM PUBLIC;
