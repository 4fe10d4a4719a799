-- Where a provider's callbacks go: the key is the part of the address that nobody can guess. That of a deleted provider
-- stays, so that what still comes for it is told from what was never ours.
CREATE TABLE callback_addresses (
  key TEXT PRIMARY KEY,
  -- Null once the provider was deleted.
  provider_id TEXT UNIQUE,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Requests to the listener as they came, each written once and before it is answered. The answer is JSON, the headers a
-- JSON list of pairs. A seq is never given twice, as the mark of what was read goes by it.
CREATE TABLE callbacks (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  received_at INTEGER NOT NULL,
  provider_id TEXT,
  origin TEXT NOT NULL CHECK (origin IN ('network', 'simulator', 'replay', 'crafted')),
  simulated INTEGER NOT NULL CHECK (simulated IN (0, 1)),
  method TEXT NOT NULL,
  target TEXT NOT NULL,
  remote TEXT NOT NULL,
  signature TEXT NOT NULL CHECK (signature IN ('valid', 'invalid', 'absent', 'unchecked')),
  status INTEGER NOT NULL,
  -- Why it is kept but not read.
  trouble TEXT,
  replay_of TEXT,
  answer TEXT NOT NULL,
  headers TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;

CREATE INDEX callbacks_by_provider ON callbacks (provider_id, seq);

-- What was made of a request. Kinds and effects of its records are sets of bits, in the order of `callbackKinds` and
-- `itemEffects` of shared/callbacks.
CREATE TABLE callback_readings (
  callback INTEGER PRIMARY KEY REFERENCES callbacks (seq) ON DELETE CASCADE,
  format TEXT,
  trouble TEXT,
  why TEXT,
  kinds INTEGER NOT NULL,
  effects INTEGER NOT NULL,
  count INTEGER NOT NULL,
  -- Something that one looks for: more than records that were counted, noted or repeated.
  apart INTEGER NOT NULL CHECK (apart IN (0, 1))
) STRICT;

CREATE INDEX callback_readings_apart ON callback_readings (callback) WHERE apart = 1;

-- The records of a request. `open`: nothing fitted yet, or its message is still on its way; it is looked at again.
CREATE TABLE callback_items (
  callback INTEGER NOT NULL REFERENCES callbacks (seq) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  message_seq INTEGER REFERENCES messages (seq) ON DELETE SET NULL,
  attempt INTEGER,
  open INTEGER NOT NULL CHECK (open IN (0, 1)),
  effect TEXT NOT NULL,
  reason TEXT,
  why TEXT,
  vendor_id TEXT,
  reference TEXT,
  to_number TEXT,
  from_number TEXT,
  state TEXT,
  word TEXT,
  error_code TEXT,
  error_text TEXT,
  at INTEGER,
  url TEXT,
  short_url TEXT,
  text TEXT,
  id_may_be_longer INTEGER NOT NULL CHECK (id_may_be_longer IN (0, 1)),
  PRIMARY KEY (callback, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX callback_items_by_message ON callback_items (message_seq) WHERE message_seq IS NOT NULL;
CREATE INDEX callback_items_by_number ON callback_items (from_number, callback) WHERE kind = 'reply';
CREATE INDEX callback_items_replies ON callback_items (callback) WHERE kind = 'reply';
CREATE INDEX callback_items_open ON callback_items (callback, position) WHERE open = 1;
CREATE INDEX callback_items_open_ids ON callback_items (vendor_id) WHERE open = 1 AND vendor_id IS NOT NULL;

-- How far an attempt is by its receipts, apart from the requests that brought them: they can be cleared, and nothing is
-- counted again all the same.
CREATE TABLE attempt_receipts (
  message_seq INTEGER NOT NULL REFERENCES messages (seq) ON DELETE CASCADE,
  attempt INTEGER NOT NULL,
  state TEXT CHECK (state IN ('queued', 'sent', 'delivered', 'undelivered')),
  clicks INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (message_seq, attempt)
) STRICT, WITHOUT ROWID;

-- Vendors' ids and numbers of messages, gathered after they were sent, as an index would have to be written with each.
CREATE TABLE vendor_ids (
  provider_id TEXT NOT NULL,
  vendor_id TEXT NOT NULL,
  message_seq INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  PRIMARY KEY (provider_id, vendor_id, message_seq, attempt)
) STRICT, WITHOUT ROWID;

CREATE TABLE message_numbers (
  number TEXT NOT NULL,
  message_seq INTEGER NOT NULL,
  PRIMARY KEY (number, message_seq)
) STRICT, WITHOUT ROWID;

-- `read_to`: callbacks up to this seq were read. `gathered_to`: the ids of attempts up to this seq were gathered.
-- `unknown`: requests to addresses that are nobody's, of which only the newest are kept.
CREATE TABLE callback_marks (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  read_to INTEGER NOT NULL,
  gathered_to INTEGER NOT NULL,
  unknown INTEGER NOT NULL
) STRICT;

INSERT INTO callback_marks (only, read_to, gathered_to, unknown) VALUES (1, 0, 0, 0);

-- A seq of attempts is given again when the newest are deleted, so the mark never stands above the newest.
CREATE TRIGGER attempt_leaves_marks AFTER DELETE ON attempts BEGIN
  UPDATE callback_marks SET gathered_to = coalesce((SELECT max(seq) FROM attempts), 0)
  WHERE gathered_to > coalesce((SELECT max(seq) FROM attempts), 0);
END;

-- Numbers that want no more messages.
CREATE TABLE opt_outs (
  number TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  -- What was replied; empty: by hand.
  word TEXT NOT NULL,
  provider_id TEXT
) STRICT, WITHOUT ROWID;

ALTER TABLE provider_quarters ADD COLUMN undelivered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE provider_quarters ADD COLUMN clicks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE provider_quarters ADD COLUMN clicked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE provider_quarters ADD COLUMN replies INTEGER NOT NULL DEFAULT 0;
ALTER TABLE group_quarters ADD COLUMN undelivered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE group_quarters ADD COLUMN clicks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE group_quarters ADD COLUMN clicked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE group_quarters ADD COLUMN replies INTEGER NOT NULL DEFAULT 0;
