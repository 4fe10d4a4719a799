-- The index of runs of three characters (FTS5) took 40 µs a message and, asked for a stretch of the log, read what lay
-- before it all the same.
DROP TRIGGER message_leaves_search;
DROP TABLE message_search;
DROP TABLE message_search_state;

-- Blocks of 2048 messages (seq / 2048) that are described, so that a look into the log passes over those that hold nothing
-- of what is asked for. `first_at` and `last_at`: between them they were made. `marked`: log_marks is right, too.
CREATE TABLE log_blocks (
  block INTEGER PRIMARY KEY,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  marked INTEGER NOT NULL CHECK (marked IN (0, 1))
) STRICT;

-- The places in a block (seq % 2048) of messages with a run of three characters; many runs share a number. -1: the pairs of
-- characters that the block has.
CREATE TABLE log_runs (
  block INTEGER NOT NULL REFERENCES log_blocks (block) ON DELETE CASCADE,
  run INTEGER NOT NULL,
  places BLOB NOT NULL,
  PRIMARY KEY (block, run)
) STRICT, WITHOUT ROWID;

-- The same of what became of them: state, outcome, provider and the like. By mark first, so that the few blocks that have a
-- rare one are found without a look at the others.
CREATE TABLE log_marks (
  block INTEGER NOT NULL REFERENCES log_blocks (block) ON DELETE CASCADE,
  mark TEXT NOT NULL,
  places BLOB NOT NULL,
  PRIMARY KEY (mark, block)
) STRICT, WITHOUT ROWID;

CREATE INDEX log_marks_by_block ON log_marks (block);

-- Only the log asked for a group's messages, and each message of a group paid for it.
DROP INDEX messages_by_group;

-- A message that has its outcome changes seldom; those that have none yet are in no block that is marked, so sending costs
-- nothing here.
CREATE TRIGGER message_changes_block
AFTER UPDATE OF provider_id, group_id, state, outcome_class, outcome_code, country, test, simulated, may_arrive_twice
ON messages WHEN old.outcome_class IS NOT NULL BEGIN
  DELETE FROM log_marks WHERE block = (SELECT block FROM log_blocks WHERE block = old.seq / 2048 AND marked = 1);
  UPDATE log_blocks SET marked = 0 WHERE block = old.seq / 2048 AND marked = 1;
END;

-- A seq is given again when the newest messages are deleted, so no block from the newest on is described.
CREATE TRIGGER message_leaves_block AFTER DELETE ON messages BEGIN
  DELETE FROM log_blocks WHERE block = old.seq / 2048;
  DELETE FROM log_blocks WHERE block >= coalesce((SELECT max(seq) FROM messages), 0) / 2048;
END;
