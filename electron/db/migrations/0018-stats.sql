-- Rollups of all that was sent, written in the transaction of what they count. `scope`: 'a' all, 'p' and 'g' with the id of a
-- provider or group. `kind`: 1 tests, 2 simulated, 3 both, 0 neither. `slot` is epoch milliseconds / 900000 / `level`, and
-- `level` how many quarters of an hour a slot has: 1, 4, a day or eight, so that a long range takes few rows and the
-- days of every zone are exact.
CREATE TABLE stats_sums (
  scope TEXT NOT NULL,
  level INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  slot INTEGER NOT NULL,
  sent INTEGER NOT NULL,
  delivered INTEGER NOT NULL,
  undelivered INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  clicks INTEGER NOT NULL,
  clicked INTEGER NOT NULL,
  replies INTEGER NOT NULL,
  segments INTEGER NOT NULL,
  failed_over INTEGER NOT NULL,
  PRIMARY KEY (scope, level, kind, slot)
) STRICT, WITHOUT ROWID;

-- `what`: 't' answers by the step of their time (shared/stats/latency.ts), 'r' errors by reason (class, code, the vendor's code
-- and words, with tabs between), 'c' cost by currency, in millionths. What is written
-- together lies together, as each page that a message changes is written with it.
CREATE TABLE stats_counts (
  scope TEXT NOT NULL,
  level INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  slot INTEGER NOT NULL,
  what TEXT NOT NULL,
  key TEXT NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (scope, level, kind, slot, what, key)
) STRICT, WITHOUT ROWID;

-- What a check or a repair reckons, beside what is in use.
CREATE TABLE stats_sums_anew (
  scope TEXT NOT NULL,
  level INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  slot INTEGER NOT NULL,
  sent INTEGER NOT NULL,
  delivered INTEGER NOT NULL,
  undelivered INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  clicks INTEGER NOT NULL,
  clicked INTEGER NOT NULL,
  replies INTEGER NOT NULL,
  segments INTEGER NOT NULL,
  failed_over INTEGER NOT NULL,
  PRIMARY KEY (scope, level, kind, slot)
) STRICT, WITHOUT ROWID;

CREATE TABLE stats_counts_anew (
  scope TEXT NOT NULL,
  level INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  slot INTEGER NOT NULL,
  what TEXT NOT NULL,
  key TEXT NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (scope, level, kind, slot, what, key)
) STRICT, WITHOUT ROWID;

-- What messages had added that are no longer kept; by quarter of an hour only.
CREATE TABLE stats_sums_outlived (
  scope TEXT NOT NULL,
  level INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  slot INTEGER NOT NULL,
  sent INTEGER NOT NULL,
  delivered INTEGER NOT NULL,
  undelivered INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  clicks INTEGER NOT NULL,
  clicked INTEGER NOT NULL,
  replies INTEGER NOT NULL,
  segments INTEGER NOT NULL,
  failed_over INTEGER NOT NULL,
  PRIMARY KEY (scope, level, kind, slot)
) STRICT, WITHOUT ROWID;

CREATE TABLE stats_counts_outlived (
  scope TEXT NOT NULL,
  level INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  slot INTEGER NOT NULL,
  what TEXT NOT NULL,
  key TEXT NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (scope, level, kind, slot, what, key)
) STRICT, WITHOUT ROWID;

-- `complete`: all messages are in the rollups. `looked_to`: messages up to this seq are in the ones that are made anew; null:
-- none are being made.
CREATE TABLE stats_marks (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
  looked_to INTEGER
) STRICT;

INSERT INTO stats_marks (only, complete, looked_to) SELECT 1, NOT EXISTS (SELECT 1 FROM messages), NULL;

-- What receipts said of an error, and replies, apart from the requests, which can be cleared.
ALTER TABLE attempt_receipts ADD COLUMN error_code TEXT;
ALTER TABLE attempt_receipts ADD COLUMN error_text TEXT;
ALTER TABLE attempt_receipts ADD COLUMN replies INTEGER NOT NULL DEFAULT 0;

UPDATE attempt_receipts SET (error_code, error_text) = (
  SELECT error_code, error_text FROM callback_items
  WHERE callback_items.message_seq = attempt_receipts.message_seq AND callback_items.attempt = attempt_receipts.attempt
    AND kind = 'receipt' AND effect = 'counted' AND state NOT IN ('queued', 'sent', 'delivered')
  ORDER BY callback DESC LIMIT 1
) WHERE state = 'undelivered';

-- Replies belong to the last attempt of the provider that brought them.
INSERT INTO attempt_receipts (message_seq, attempt, replies)
SELECT message_seq, position, count(*) FROM (
  SELECT callback_items.message_seq, max(attempts.position) AS position
  FROM callback_items JOIN callbacks ON callbacks.seq = callback
    JOIN attempts ON attempts.message_seq = callback_items.message_seq AND attempts.provider_id = callbacks.provider_id
  WHERE kind = 'reply' AND effect = 'counted' AND callback_items.message_seq IS NOT NULL
  GROUP BY callback, callback_items.position
)
WHERE true GROUP BY message_seq, position
ON CONFLICT (message_seq, attempt) DO UPDATE SET replies = excluded.replies;

-- How each attempt stands in the figures of its provider.
CREATE VIEW stats_attempts AS
SELECT seq, position, provider_id, group_id, kind, quarter, step, taken AS sent, taken AND progress IS 'delivered' AS delivered,
  taken AND progress IS 'undelivered' AS undelivered,
  CASE WHEN taken THEN progress IS 'undelivered' ELSE class <> 'cancelled' END AS errors,
  clicks, clicks > 0 AS clicked, replies, CASE WHEN taken THEN segments ELSE 0 END AS segments,
  taken AND position > 1 AND EXISTS (
    SELECT 1 FROM attempts AS earlier JOIN attempt_results AS of_earlier ON of_earlier.attempt_seq = earlier.seq
    WHERE earlier.message_seq = known.seq AND earlier.position < known.position AND of_earlier.class <> 'cancelled'
  ) AS failed_over,
  CASE WHEN taken AND progress IS 'undelivered' THEN
    'undelivered' || char(9) || 'receipt' || char(9) || substr(replace(coalesce(error_code, ''), char(9), ' '), 1, 100) || char(9) ||
      replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(substr(replace(coalesce(error_text, ''), char(9), ' '), 1, 120), '0', '#'), '1', '#'), '2', '#'), '3', '#'), '4', '#'), '5', '#'), '6', '#'), '7', '#'), '8', '#'), '9', '#')
  WHEN NOT taken AND class <> 'cancelled' THEN
    class || char(9) || code || char(9) || substr(replace(coalesce(json_extract(facts, '$.errorCode'), ''), char(9), ' '), 1, 100) || char(9) ||
      replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(substr(replace(coalesce(json_extract(facts, '$.errorText'), ''), char(9), ' '), 1, 120), '0', '#'), '1', '#'), '2', '#'), '3', '#'), '4', '#'), '5', '#'), '6', '#'), '7', '#'), '8', '#'), '9', '#')
  END AS reason,
  -- That of a message which several were paid for is known as a whole, and is with the last of them.
  CASE WHEN class = 'accepted' AND (position = attempts OR NOT EXISTS (
    SELECT 1 FROM attempts AS later JOIN attempt_results AS of_later ON of_later.attempt_seq = later.seq
    WHERE later.message_seq = known.seq AND later.position > known.position AND of_later.class = 'accepted'
  )) THEN cost END AS cost,
  currency
FROM (
  SELECT messages.seq, position, attempts.provider_id, group_id, test + 2 * simulated AS kind,
    finished_at / 900000 AS quarter, class, code, facts, segments, cost, currency, messages.attempts,
    attempt_receipts.state AS progress, error_code, error_text, coalesce(clicks, 0) AS clicks, coalesce(replies, 0) AS replies,
    CASE WHEN response IS NOT NULL THEN
      CASE WHEN json_extract(timings, '$.total') > 1
        THEN min(160, CAST(ceil(log2(json_extract(timings, '$.total')) * 8 - 1e-9) AS INTEGER)) ELSE 0 END
    END AS step,
    class = 'accepted' OR attempt_receipts.state IS 'sent' OR attempt_receipts.state IS 'delivered'
      OR class = 'unknown' AND (attempt_receipts.state IS NOT NULL OR settled_as IS 'sent' AND NOT EXISTS (
        SELECT 1 FROM attempts AS later JOIN attempt_results AS of_later ON of_later.attempt_seq = later.seq
        WHERE later.message_seq = messages.seq AND later.position > attempts.position AND of_later.class = 'unknown'
      )) AS taken
  FROM messages JOIN attempts ON attempts.message_seq = messages.seq
    JOIN attempt_results ON attempt_results.attempt_seq = attempts.seq
    LEFT JOIN attempt_receipts
      ON attempt_receipts.message_seq = messages.seq AND attempt_receipts.attempt = attempts.position
) AS known;

-- How each message that is over stands in the figures of its group and of all.
CREATE VIEW stats_messages AS
SELECT seq, group_id, kind, quarter, taken AS sent, state = 'delivered' AS delivered, state = 'undelivered' AS undelivered,
  state = 'undelivered' OR state = 'failed' AS errors, clicks, clicks > 0 AS clicked, replies,
  CASE WHEN taken THEN segments ELSE 0 END AS segments,
  taken AND attempts > 1 AND EXISTS (
    SELECT 1 FROM attempts AS earlier JOIN attempt_results AS of_earlier ON of_earlier.attempt_seq = earlier.seq
    WHERE earlier.message_seq = known.seq AND earlier.position < attempts AND of_earlier.class <> 'cancelled'
  ) AS failed_over,
  CASE state WHEN 'failed' THEN coalesce((
    SELECT class || char(9) || code || char(9) || substr(replace(coalesce(json_extract(facts, '$.errorCode'), ''), char(9), ' '), 1, 100) || char(9) ||
      replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(substr(replace(coalesce(json_extract(facts, '$.errorText'), ''), char(9), ' '), 1, 120), '0', '#'), '1', '#'), '2', '#'), '3', '#'), '4', '#'), '5', '#'), '6', '#'), '7', '#'), '8', '#'), '9', '#')
    FROM attempts AS tried JOIN attempt_results ON attempt_seq = tried.seq
    WHERE message_seq = known.seq AND class <> 'accepted' AND class <> 'cancelled' ORDER BY tried.position DESC LIMIT 1
  ), coalesce(outcome_class, '') || char(9) || coalesce(outcome_code, '') || char(9) || char(9))
  WHEN 'undelivered' THEN coalesce((
    SELECT 'undelivered' || char(9) || 'receipt' || char(9) || substr(replace(coalesce(error_code, ''), char(9), ' '), 1, 100) || char(9) ||
      replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(substr(replace(coalesce(error_text, ''), char(9), ' '), 1, 120), '0', '#'), '1', '#'), '2', '#'), '3', '#'), '4', '#'), '5', '#'), '6', '#'), '7', '#'), '8', '#'), '9', '#')
    FROM attempt_receipts WHERE message_seq = known.seq AND state = 'undelivered' ORDER BY attempt DESC LIMIT 1
  ), 'undelivered' || char(9) || 'no_receipt' || char(9) || char(9)) END AS reason,
  cost, currency
FROM (
  SELECT messages.seq, group_id, test + 2 * simulated AS kind, finished_at / 900000 AS quarter, state, segments, messages.attempts,
    cost, currency, outcome_class, outcome_code,
    state = 'sent' OR state = 'delivered' OR state = 'undelivered' AS taken,
    coalesce((SELECT sum(clicks) FROM attempt_receipts WHERE message_seq = messages.seq), 0) AS clicks,
    coalesce((SELECT sum(replies) FROM attempt_receipts WHERE message_seq = messages.seq), 0) AS replies
  FROM messages JOIN attempts ON attempts.message_seq = messages.seq AND attempts.position = 1
    JOIN attempt_results ON attempt_seq = attempts.seq
  WHERE state <> 'queued' AND state <> 'sending'
) AS known;

-- What each message adds to stats_sums, and to stats_counts: the figures are the sums of these.
CREATE VIEW stats_sums_of AS
SELECT seq, 'a' AS scope, kind, quarter, sent, delivered, undelivered, errors, clicks, clicked, replies, segments, failed_over FROM stats_messages
UNION ALL
SELECT seq, 'g' || group_id, kind, quarter, sent, delivered, undelivered, errors, clicks, clicked, replies, segments, failed_over
FROM stats_messages WHERE group_id IN (SELECT id FROM provider_groups)
UNION ALL
SELECT seq, 'p' || provider_id, kind, quarter, sent, delivered, undelivered, errors, clicks, clicked, replies, segments, failed_over
FROM stats_attempts WHERE provider_id IS NOT NULL;

CREATE VIEW stats_counts_of AS
SELECT seq, 'a' AS scope, 't' AS what, kind, quarter, CAST(step AS TEXT) AS key, 1 AS amount
FROM stats_attempts WHERE step IS NOT NULL
UNION ALL
SELECT seq, 'g' || group_id, 't', kind, quarter, CAST(step AS TEXT), 1
FROM stats_attempts WHERE step IS NOT NULL AND group_id IN (SELECT id FROM provider_groups)
UNION ALL
SELECT seq, 'p' || provider_id, 't', kind, quarter, CAST(step AS TEXT), 1
FROM stats_attempts WHERE step IS NOT NULL AND provider_id IS NOT NULL
UNION ALL
SELECT seq, 'a', 'r', kind, quarter, reason, 1 FROM stats_messages WHERE reason IS NOT NULL
UNION ALL
SELECT seq, 'g' || group_id, 'r', kind, quarter, reason, 1
FROM stats_messages WHERE reason IS NOT NULL AND group_id IN (SELECT id FROM provider_groups)
UNION ALL
SELECT seq, 'p' || provider_id, 'r', kind, quarter, reason, 1
FROM stats_attempts WHERE reason IS NOT NULL AND provider_id IS NOT NULL
UNION ALL
SELECT seq, 'a', 'c', kind, quarter, currency, CAST(round(cost * 1000000) AS INTEGER)
FROM stats_messages WHERE cost IS NOT NULL AND currency IS NOT NULL
UNION ALL
SELECT seq, 'g' || group_id, 'c', kind, quarter, currency, CAST(round(cost * 1000000) AS INTEGER)
FROM stats_messages WHERE cost IS NOT NULL AND currency IS NOT NULL AND group_id IN (SELECT id FROM provider_groups)
UNION ALL
SELECT seq, 'p' || provider_id, 'c', kind, quarter, currency, CAST(round(cost * 1000000) AS INTEGER)
FROM stats_attempts WHERE cost IS NOT NULL AND currency IS NOT NULL AND provider_id IS NOT NULL;

-- What was counted by provider stays in sight until everything is reckoned anew from the messages, piece by piece.
INSERT INTO stats_sums (scope, level, kind, slot, sent, delivered, undelivered, errors, clicks, clicked, replies, segments, failed_over)
SELECT 'p' || provider_id, column1, test + 2 * simulated, quarter / column1, sum(sent), sum(delivered), sum(undelivered), sum(errors),
  sum(clicks), sum(clicked), sum(replies), 0, 0
FROM provider_quarters, (VALUES (1), (4), (96), (768)) WHERE provider_id <> '' GROUP BY 1, 2, 3, 4;
INSERT INTO stats_sums (scope, level, kind, slot, sent, delivered, undelivered, errors, clicks, clicked, replies, segments, failed_over)
SELECT 'g' || group_id, column1, test + 2 * simulated, quarter / column1, sum(sent), sum(delivered), sum(undelivered), sum(errors),
  sum(clicks), sum(clicked), sum(replies), 0, 0
FROM group_quarters, (VALUES (1), (4), (96), (768)) GROUP BY 1, 2, 3, 4;

DROP TABLE provider_quarters;
DROP TABLE group_quarters;
