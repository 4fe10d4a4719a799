-- An accepted attempt of a group that wants a delivery receipt in time: after `due_at` the message goes on to the next
-- member. Both ends are null while it waits.
CREATE TABLE receipt_waits (
  attempt_seq INTEGER PRIMARY KEY REFERENCES attempts (seq) ON DELETE CASCADE,
  minutes INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  -- The provider's own id of the message, as the message itself belongs to another provider once it has gone on.
  provider_message_id TEXT,
  wait_end TEXT,
  wait_ended_at INTEGER,
  CHECK ((wait_end IS NULL) = (wait_ended_at IS NULL))
) STRICT;

CREATE INDEX receipt_waits_due ON receipt_waits (due_at) WHERE wait_ended_at IS NULL;
