-- What a replica pushed and was accepted stands in the log anyway; with its digest there too, a push costs one row and not
-- two. The table of pushes keeps the refusals, and what was accepted before this.
ALTER TABLE entry ADD COLUMN replica integer;
ALTER TABLE entry ADD COLUMN client_seq bigint;
ALTER TABLE entry ADD COLUMN digest uuid;
CREATE INDEX entry_of_replica ON entry (dashboard, replica, client_seq);
