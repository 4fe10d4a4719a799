// The tests compile this file too, without the folder that declares what `?raw` gives.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="../../raw-sql.d.ts" />
import first from './0001-first.sql?raw'
import cost from './0002-cost.sql?raw'
import operations from './0003-operations.sql?raw'
import partialIndexes from './0004-partial-indexes.sql?raw'
import vendors from './0005-vendors.sql?raw'
import groups from './0006-groups.sql?raw'
import groupMessages from './0007-group-messages.sql?raw'
import runs from './0008-runs.sql?raw'
import bulk from './0009-bulk.sql?raw'
import messageLog from './0010-message-log.sql?raw'
import bulkFigures from './0011-bulk-figures.sql?raw'
import receiptWaits from './0012-receipt-waits.sql?raw'
import messageChecks from './0013-message-checks.sql?raw'
import logBlocks from './0014-log-blocks.sql?raw'
import callbacks from './0015-callbacks.sql?raw'
import foldedWords from './0016-folded-words.sql?raw'
import bundles from './0017-bundles.sql?raw'
import stats from './0018-stats.sql?raw'
import callbackChecks from './0019-callback-checks.sql?raw'
import fewerCounts from './0020-fewer-counts.sql?raw'
import type { Migration } from '../migrate.ts'

/** In order and without gaps. One that has been shipped never changes: what it got wrong, the next one mends. */
export const migrations: readonly Migration[] = [
  { version: 1, name: 'first', sql: first },
  { version: 2, name: 'cost', sql: cost },
  { version: 3, name: 'operations', sql: operations },
  { version: 4, name: 'partial-indexes', sql: partialIndexes },
  { version: 5, name: 'vendors', sql: vendors },
  { version: 6, name: 'groups', sql: groups },
  { version: 7, name: 'group-messages', sql: groupMessages },
  { version: 8, name: 'runs', sql: runs },
  { version: 9, name: 'bulk', sql: bulk },
  { version: 10, name: 'message-log', sql: messageLog },
  { version: 11, name: 'bulk-figures', sql: bulkFigures },
  { version: 12, name: 'receipt-waits', sql: receiptWaits },
  { version: 13, name: 'message-checks', sql: messageChecks },
  { version: 14, name: 'log-blocks', sql: logBlocks },
  { version: 15, name: 'callbacks', sql: callbacks },
  { version: 16, name: 'folded-words', sql: foldedWords },
  { version: 17, name: 'bundles', sql: bundles },
  { version: 18, name: 'stats', sql: stats },
  { version: 19, name: 'callback-checks', sql: callbackChecks },
  { version: 20, name: 'fewer-counts', sql: fewerCounts },
]
