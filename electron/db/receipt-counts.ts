import type { Database } from 'better-sqlite3'
import { tally } from './tally.ts'

/** What receipts, clicks and replies change of the figures of a quarter of an hour; negative where something is taken back. */
export interface ReceiptFigures {
  sent: number
  delivered: number
  undelivered: number
  errors: number
  clicks: number
  /** Messages with a click. */
  clicked: number
  replies: number
}

export interface FiguresPlace {
  of: 'provider' | 'group'
  id: string
  quarter: number
  test: 0 | 1
  simulated: 0 | 1
}

export const noFigures: ReceiptFigures = {
  sent: 0,
  delivered: 0,
  undelivered: 0,
  errors: 0,
  clicks: 0,
  clicked: 0,
  replies: 0,
}

const names = ['sent', 'delivered', 'undelivered', 'errors', 'clicks', 'clicked', 'replies'] as const

const statement = (of: FiguresPlace['of']) =>
  `INSERT INTO ${of}_quarters (${of}_id, quarter, test, simulated, ${names.join(', ')})
   VALUES (?, ?, ?, ?, ${names.map(() => '?').join(', ')})
   ON CONFLICT (${of}_id, quarter, test, simulated) DO UPDATE SET
     ${names.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`

const statements = { provider: statement('provider'), group: statement('group') }

/** Called in the transaction that writes the messages. */
export function addFigures(db: Database, place: FiguresPlace, figures: ReceiptFigures): void {
  const { of, id, quarter, test, simulated } = place
  tally(
    db,
    statements[of],
    [id, quarter, test, simulated],
    names.map((name) => figures[name]),
  )
}
