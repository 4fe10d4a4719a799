-- Providers in an order of priority; a message goes to the next when one does not take it.
CREATE TABLE provider_groups (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  notes TEXT NOT NULL,
  -- JSON: what happens after an attempt that is unknown or rejected, and the like.
  policies TEXT NOT NULL,
  is_default INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX provider_groups_by_name ON provider_groups (name COLLATE NOCASE);
CREATE UNIQUE INDEX provider_groups_default ON provider_groups (is_default) WHERE is_default = 1;

-- No foreign key to the provider on purpose: one that is deleted leaves by the deletion's own list.
CREATE TABLE group_members (
  group_id TEXT NOT NULL REFERENCES provider_groups (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  provider_id TEXT NOT NULL,
  PRIMARY KEY (group_id, position),
  UNIQUE (group_id, provider_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX group_members_by_provider ON group_members (provider_id);

-- A country is routed by one group at most, so that nobody has to guess which.
CREATE TABLE group_countries (
  country TEXT PRIMARY KEY,
  group_id TEXT NOT NULL REFERENCES provider_groups (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX group_countries_by_group ON group_countries (group_id);

-- One circuit breaker for each provider, whatever the group; JSON as shared/failover/breaker.ts describes it.
CREATE TABLE provider_breakers (
  provider_id TEXT PRIMARY KEY,
  breaker TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Rollups of what went through a group, as provider_quarters keeps them for a provider.
CREATE TABLE group_quarters (
  group_id TEXT NOT NULL,
  quarter INTEGER NOT NULL,
  test INTEGER NOT NULL CHECK (test IN (0, 1)),
  simulated INTEGER NOT NULL CHECK (simulated IN (0, 1)),
  sent INTEGER NOT NULL DEFAULT 0,
  delivered INTEGER NOT NULL DEFAULT 0,
  errors INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (group_id, quarter, test, simulated)
) STRICT, WITHOUT ROWID;
