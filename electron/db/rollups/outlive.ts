import type { Database } from 'better-sqlite3'
import { addOutlived, standingOf } from './add.ts'

/**
 * Removes a message that is not kept any longer, and keeps what it added to the figures. `remove` answers whether it was
 * removed.
 */
export function outliving(db: Database, seq: number, remove: () => boolean): boolean {
  const standing = standingOf(db, seq)
  const isGone = remove()
  if (isGone) addOutlived(db, seq, standing)
  return isGone
}
