import type { Database } from 'better-sqlite3'
import { quarterMs } from '../db/quarters.ts'
import { addFigures, noFigures, type FiguresPlace, type ReceiptFigures } from '../db/receipt-counts.ts'

export interface Counted {
  id: string
  /** Epoch milliseconds: when the message was counted as sent. */
  at: number
  test: 0 | 1
  simulated: 0 | 1
}

const names = Object.keys(noFigures) as (keyof ReceiptFigures)[]

/** What receipts change of the figures, in the transaction that writes the messages. */
export class Tally {
  private readonly db: Database

  constructor(db: Database) {
    this.db = db
  }

  add(of: FiguresPlace['of'], { id, at, test, simulated }: Counted, change: Partial<ReceiptFigures>): void {
    const place = { of, id, quarter: Math.floor(at / quarterMs), test, simulated }
    const figures = { ...noFigures, ...change }
    if (names.some((name) => figures[name] !== 0)) addFigures(this.db, place, figures)
  }

  /** From one standing to another. */
  move(of: FiguresPlace['of'], place: Counted, from: ReceiptFigures, to: ReceiptFigures): void {
    this.add(of, place, Object.fromEntries(names.map((name) => [name, to[name] - from[name]])))
  }
}
