-- Archived for good: in no list to choose from any more, its messages and figures readable as before.
ALTER TABLE providers ADD COLUMN archived_at INTEGER;

-- A provider's newest attempts that went well and that did not, by their seq; written in the transaction of the result.
-- Found by walking back through the messages, either may lie a million of them away.
CREATE TABLE provider_health (
  provider_id TEXT PRIMARY KEY,
  success_attempt INTEGER,
  error_attempt INTEGER
) STRICT, WITHOUT ROWID;

INSERT INTO provider_health (provider_id, success_attempt, error_attempt)
SELECT provider_id,
  max(CASE WHEN class = 'accepted' THEN seq END),
  max(CASE WHEN class NOT IN ('accepted', 'cancelled') THEN seq END)
FROM attempts JOIN attempt_results ON attempt_seq = seq
WHERE provider_id IS NOT NULL
GROUP BY provider_id;

-- Messages that were tried more than once. When a provider is deleted, the attempts that it made in messages of others
-- are found among these.
CREATE INDEX messages_tried_again ON messages (provider_id) WHERE attempts > 1;
