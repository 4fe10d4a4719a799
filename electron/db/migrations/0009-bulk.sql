-- A bulk test: what was made of a file's rows, and how far it is. `target`, `columns` and `setup` are JSON.
CREATE TABLE bulk_jobs (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('loading', 'ready', 'running', 'paused', 'cancelled', 'done')),
  setup TEXT NOT NULL,
  target_name TEXT NOT NULL,
  columns TEXT NOT NULL,
  messages INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0,
  trouble TEXT,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  finished_at INTEGER
) STRICT;

-- A row of the file. `waiting`: its message is in the queue; it leaves in the transaction in which its attempt begins.
CREATE TABLE bulk_rows (
  job INTEGER NOT NULL REFERENCES bulk_jobs (seq) ON DELETE CASCADE,
  line INTEGER NOT NULL,
  message_seq INTEGER REFERENCES messages (seq) ON DELETE SET NULL,
  cells TEXT NOT NULL,
  refusal TEXT,
  waiting INTEGER NOT NULL CHECK (waiting IN (0, 1)),
  PRIMARY KEY (job, line)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX bulk_rows_by_message ON bulk_rows (message_seq) WHERE message_seq IS NOT NULL;
CREATE INDEX bulk_rows_waiting ON bulk_rows (job, line) WHERE waiting = 1;

-- Rollups, written in the transaction of the outcome that they count.
CREATE TABLE bulk_counts (
  job INTEGER NOT NULL REFERENCES bulk_jobs (seq) ON DELETE CASCADE,
  state TEXT NOT NULL,
  code TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (job, state, code)
) STRICT, WITHOUT ROWID;
