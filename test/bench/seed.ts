import { randomUUID } from 'node:crypto'
import Database from 'better-sqlite3'

/** Fills a migrated store with messages as sending would have left them, each with one accepted attempt. */
export function seedMessages(file: string, count: number): void {
  const db = new Database(file)
  const message = db.prepare(`INSERT INTO messages (id, created_at, updated_at, test, simulated, to_number,
      country, sender, body, encoding, segments, placeholder_values, state, provider_id, provider_name,
      provider_message_id, outcome_class, outcome_code, attempts, duration)
    VALUES (@id, @at, @at, 0, 0, @to, 'US', 'ACME', @text, 'GSM-7', 1, '{}', 'sent', @provider, 'Seeded', @id,
      'accepted', 'accepted', 1, 12.5)`)
  const attempt = db.prepare(
    `INSERT INTO attempts (message_seq, position, provider_id, provider_name, started_at, request)
     VALUES (@seq, 1, @provider, 'Seeded', @at, @request)`,
  )
  const result =
    db.prepare(`INSERT INTO attempt_results (attempt_seq, finished_at, class, code, facts, bytes_out, response, timings)
    VALUES (@attempt, @at, 'accepted', 'accepted', '{"status":201}', 1,
      '{"status":201,"statusText":"Created","headers":[],"body":"{}","bytes":2}', '{"total":12.5}')`)
  const provider = randomUUID()
  const request = JSON.stringify({
    method: 'POST',
    url: ['https://api.example.test/sms'],
    headers: [],
    body: ['x'.repeat(200)],
  })
  db.transaction(() => {
    const start = Date.now() - count * 1000
    for (let index = 0; index < count; index += 1) {
      const row = {
        id: randomUUID(),
        at: start + index * 1000,
        to: `+1415555${String(index % 10_000).padStart(4, '0')}`,
        text: `Your code is ${index}`,
        provider,
        request,
      }
      const { lastInsertRowid } = message.run(row)
      const begun = attempt.run({ ...row, seq: lastInsertRowid })
      result.run({ ...row, attempt: begun.lastInsertRowid })
    }
  })()
  db.close()
}
