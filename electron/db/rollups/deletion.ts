import type { Change } from '../apart/change-apart.ts'
import { sumColumns } from './add.ts'
import { countLevels, levels, levelTable } from './slots.ts'

/*
 * A provider's messages and attempts go, and with them what they added to the figures of all and of groups: it is taken back
 * before, and what is left of them is added after. As statements, because a deletion runs on a thread of its own.
 */

const wanted = `seq IN (SELECT seq FROM temp.stats_touched) AND scope NOT GLOB 'p*' AND @id IS NOT NULL`

function sums(sign: '+' | '-'): string {
  return `INSERT INTO stats_sums (scope, level, kind, slot, ${sumColumns.join(', ')})
    SELECT scope, column1, kind, quarter / column1, ${sumColumns.map((name) => `${sign}sum(${name})`).join(', ')}
    FROM (SELECT * FROM stats_sums_of WHERE ${wanted}), ${levelTable(levels)} WHERE true GROUP BY 1, 2, 3, 4
    ON CONFLICT (scope, level, kind, slot) DO UPDATE SET
      ${sumColumns.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`
}

function counts(sign: '+' | '-'): string {
  return `INSERT INTO stats_counts (scope, what, level, kind, slot, key, amount)
    SELECT scope, what, column1, kind, quarter / column1, key, ${sign}sum(amount)
    FROM (SELECT * FROM stats_counts_of WHERE ${wanted}), ${levelTable(countLevels)} WHERE true GROUP BY 1, 2, 3, 4, 5, 6
    ON CONFLICT (scope, what, level, kind, slot, key) DO UPDATE SET amount = amount + excluded.amount`
}

/** Before anything of the provider goes. */
export function takeBackStats(id: string): Change[] {
  const values = { id }
  return [
    { sql: 'DROP TABLE IF EXISTS temp.stats_touched', values: {} },
    {
      sql: `CREATE TEMP TABLE stats_touched AS SELECT seq FROM messages WHERE provider_id = @id
            UNION SELECT message_seq FROM messages INDEXED BY messages_tried_again JOIN attempts ON message_seq = messages.seq
            WHERE messages.attempts > 1 AND attempts.provider_id = @id`,
      values,
    },
    { sql: sums('-'), values },
    { sql: counts('-'), values },
  ]
}

/** After its messages are gone or emptied. */
export function leaveStats(id: string): Change[] {
  const values = { id }
  const tables = ['stats_sums', 'stats_counts', 'stats_sums_outlived', 'stats_counts_outlived']
  return [
    { sql: sums('+'), values },
    { sql: counts('+'), values },
    ...tables.map((table) => ({ sql: `DELETE FROM ${table} WHERE scope = 'p' || @id`, values })),
    {
      sql: 'DELETE FROM stats_sums WHERE NOT (sent OR delivered OR undelivered OR errors OR clicks OR clicked OR replies OR segments OR failed_over) AND @id IS NOT NULL',
      values,
    },
    { sql: 'DELETE FROM stats_counts WHERE amount = 0 AND @id IS NOT NULL', values },
    // What is being made anew begins once more.
    { sql: 'UPDATE stats_marks SET looked_to = NULL WHERE @id IS NOT NULL', values },
  ]
}
