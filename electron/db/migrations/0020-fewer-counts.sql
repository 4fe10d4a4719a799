-- Times of answers are most of the rows that the figures of a message take. Those of all are the sum of those of the providers,
-- and an hour of counts is only read at the ends of a range, where quarters do as well.
DROP VIEW stats_counts_of;
CREATE VIEW stats_counts_of AS
SELECT seq, 'g' || group_id AS scope, 't' AS what, kind, quarter, CAST(step AS TEXT) AS key, 1 AS amount
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

DELETE FROM stats_counts WHERE level = 4 OR scope = 'a' AND what = 't';
DELETE FROM stats_counts_anew;
DELETE FROM stats_sums_anew;
UPDATE stats_marks SET looked_to = NULL;
DELETE FROM stats_counts_outlived WHERE scope = 'a' AND what = 't';
