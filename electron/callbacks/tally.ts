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

  add(of: FiguresPlace['of'], counted: Counted, change: Partial<ReceiptFigures>): void {
    this.write(of, counted, { ...noFigures, ...change })
  }

  /** From one standing to another. */
  move(of: FiguresPlace['of'], counted: Counted, from: ReceiptFigures, to: ReceiptFigures): void {
    const change = { ...noFigures }
    for (const name of names) change[name] = to[name] - from[name]
    this.write(of, counted, change)
  }

  private write(of: FiguresPlace['of'], { id, at, test, simulated }: Counted, change: ReceiptFigures): void {
    if (names.every((name) => change[name] === 0)) return
    addFigures(this.db, { of, id, quarter: Math.floor(at / quarterMs), test, simulated }, change)
  }
}
