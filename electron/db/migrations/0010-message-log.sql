-- Parts of numbers and texts, found by their runs of three characters. It holds no text and no places: what it finds is
-- looked at again. Filled in pieces after the messages are written, as filling it costs a tenth of a send.
CREATE VIRTUAL TABLE message_search USING fts5(
  words, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1'
);

-- Messages up to this seq are in the index; those after it are looked through one by one.
CREATE TABLE message_search_state (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  indexed_to INTEGER NOT NULL
) STRICT;

INSERT INTO message_search_state (only, indexed_to) VALUES (1, 0);

-- A seq is given again when the newest messages are deleted, so the mark never stands above the newest.
CREATE TRIGGER message_leaves_search AFTER DELETE ON messages BEGIN
  DELETE FROM message_search WHERE rowid = old.seq;
  UPDATE message_search_state SET indexed_to = coalesce((SELECT max(seq) FROM messages), 0)
  WHERE indexed_to > coalesce((SELECT max(seq) FROM messages), 0);
END;

-- What one looks for most often is what went wrong, which is little of much: an accepted message writes to none of these.
CREATE INDEX messages_ended_apart ON messages (state, seq) WHERE state IN ('undelivered', 'failed', 'cancelled');
CREATE INDEX messages_not_accepted ON messages (outcome_class, seq) WHERE outcome_class <> 'accepted';
CREATE INDEX messages_twice ON messages (may_arrive_twice, seq) WHERE may_arrive_twice = 1;

-- Filters of the message log under a name. `filter` is JSON: the parts of the page's address.
CREATE TABLE saved_filters (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  filter TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX saved_filters_by_name ON saved_filters (name COLLATE NOCASE);
