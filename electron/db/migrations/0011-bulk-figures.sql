-- Segments of all messages of a bulk test, and that it is going away, piece by piece.
ALTER TABLE bulk_jobs ADD COLUMN segments INTEGER NOT NULL DEFAULT 0;
ALTER TABLE bulk_jobs ADD COLUMN deleting INTEGER NOT NULL DEFAULT 0 CHECK (deleting IN (0, 1));

UPDATE bulk_jobs SET segments = (
  SELECT coalesce(sum(messages.segments), 0) FROM bulk_rows JOIN messages ON messages.seq = message_seq
  WHERE job = bulk_jobs.seq
);

-- The rows that became no message are listed by themselves.
CREATE INDEX bulk_rows_refused ON bulk_rows (job, line) WHERE refusal IS NOT NULL;
