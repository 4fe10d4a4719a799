-- A message that was run again names the one it is another run of. What nobody could know may be said by hand.
ALTER TABLE messages ADD COLUMN run_of TEXT;
ALTER TABLE messages ADD COLUMN settled_as TEXT CHECK (settled_as IN ('sent', 'failed'));
ALTER TABLE messages ADD COLUMN settled_at INTEGER;

CREATE INDEX messages_by_run_of ON messages (run_of, seq) WHERE run_of IS NOT NULL;
