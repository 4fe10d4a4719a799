-- What a provider is. `settings` is JSON that holds references to secrets, never a secret.
CREATE TABLE providers (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  settings TEXT NOT NULL,
  simulated INTEGER NOT NULL DEFAULT 0 CHECK (simulated IN (0, 1)),
  is_default INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),
  attention TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX providers_by_name ON providers (name COLLATE NOCASE);

-- At most one provider is the default.
CREATE UNIQUE INDEX providers_default ON providers (is_default) WHERE is_default = 1;

-- Sealed values only; `key_id` names the key of the vault that opens them.
CREATE TABLE secrets (
  provider_id TEXT NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  key_id TEXT NOT NULL,
  sealed TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (provider_id, name)
) STRICT;

-- `provider_id` is no foreign key on purpose: a message outlives its provider.
CREATE TABLE messages (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  test INTEGER NOT NULL CHECK (test IN (0, 1)),
  simulated INTEGER NOT NULL CHECK (simulated IN (0, 1)),
  to_number TEXT NOT NULL,
  country TEXT,
  sender TEXT NOT NULL,
  body TEXT NOT NULL,
  encoding TEXT NOT NULL,
  segments INTEGER NOT NULL,
  placeholder_values TEXT NOT NULL,
  state TEXT NOT NULL CHECK (
    state IN ('queued', 'sending', 'sent', 'delivered', 'undelivered', 'failed', 'cancelled')
  ),
  provider_id TEXT,
  provider_name TEXT NOT NULL,
  provider_message_id TEXT,
  outcome_class TEXT,
  outcome_code TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  duration REAL
) STRICT;

CREATE INDEX messages_by_provider ON messages (provider_id, seq);

-- Found at start-up: the messages that the last run left on their way.
CREATE INDEX messages_on_their_way ON messages (state) WHERE state IN ('queued', 'sending');

-- An attempt and its result are rows of their own, each written once: a row that grows later makes its page be written
-- again and split.
CREATE TABLE attempts (
  seq INTEGER PRIMARY KEY,
  message_seq INTEGER NOT NULL REFERENCES messages (seq) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  provider_id TEXT,
  provider_name TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  request TEXT,
  UNIQUE (message_seq, position)
) STRICT;

CREATE TABLE attempt_results (
  attempt_seq INTEGER PRIMARY KEY REFERENCES attempts (seq) ON DELETE CASCADE,
  finished_at INTEGER NOT NULL,
  class TEXT NOT NULL,
  code TEXT NOT NULL,
  facts TEXT NOT NULL,
  bytes_out INTEGER NOT NULL CHECK (bytes_out IN (0, 1)),
  response TEXT,
  timings TEXT NOT NULL
) STRICT;

-- Rollups, written in the transaction of the row that they count. A quarter is epoch milliseconds / 900000: quarter
-- hours, because some time zones are off by 30 or 45 minutes.
CREATE TABLE provider_quarters (
  provider_id TEXT NOT NULL,
  quarter INTEGER NOT NULL,
  test INTEGER NOT NULL CHECK (test IN (0, 1)),
  simulated INTEGER NOT NULL CHECK (simulated IN (0, 1)),
  sent INTEGER NOT NULL DEFAULT 0,
  delivered INTEGER NOT NULL DEFAULT 0,
  errors INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (provider_id, quarter, test, simulated)
) STRICT, WITHOUT ROWID;

CREATE TABLE preferences (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
