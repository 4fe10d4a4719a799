-- Reproduction bundles that were opened here. Their messages are in no log and in no figures.
CREATE TABLE bundles (
  id TEXT PRIMARY KEY,
  opened_at INTEGER NOT NULL,
  -- The file's own check sum: the same file is stored once.
  sum TEXT NOT NULL UNIQUE,
  -- The file's JSON as it was checked.
  content TEXT NOT NULL,
  -- JSON: ids of the providers that were made for it, in the order of the file.
  providers TEXT NOT NULL,
  -- Made for it; null where the message went through no group.
  group_id TEXT
) STRICT, WITHOUT ROWID;
