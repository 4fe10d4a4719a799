import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'

/**
 * Statements over a connection of its own on another thread, for what reads or writes every page of the file. As text, so
 * that no build step has to know of a second program. Not in a transaction, which VACUUM refuses.
 */
const program = `
const { parentPort, workerData: { addon, file, writes, statements } } = require('node:worker_threads')
const Database = require(addon)

const db = new Database(file, { fileMustExist: true, readonly: !writes, timeout: 5000 })
try {
  if (writes) for (const setting of ['synchronous = FULL', 'fullfsync = ON', 'temp_store = FILE']) db.pragma(setting)
  const answers = statements.map((sql) => {
    const statement = db.prepare(sql)
    return statement.reader ? statement.all() : (statement.run(), [])
  })
  parentPort.postMessage({ answers })
} catch (error) {
  parentPort.postMessage({ code: error.code ?? '', message: String(error.message) })
} finally {
  db.close()
}
`

type Finding = { answers: unknown[][] } | { code: string; message: string }

async function runApart(file: string, statements: readonly string[], writes: boolean): Promise<unknown[][]> {
  const addon = createRequire(import.meta.url).resolve('better-sqlite3')
  const worker = new Worker(program, { eval: true, workerData: { addon, file, statements, writes } })
  const finding = await new Promise<Finding>((resolve, reject) => {
    let found: Finding | null = null
    let failure: unknown = new Error('The thread ended.')
    worker.once('message', (message: Finding) => (found = message))
    worker.once('error', (error) => (failure = error))
    // After the thread is gone, so that it holds no file any more.
    worker.once('exit', () => (found ? resolve(found) : reject(failure)))
  })
  if ('answers' in finding) return finding.answers
  throw Object.assign(new Error(finding.message), { code: finding.code })
}

/** Bytes of each table with its indexes, by name, and of free pages as `free`. Throws SQLite's errors. */
export async function sizesApart(file: string): Promise<Map<string, number>> {
  const sizes = `SELECT coalesce(tbl_name, dbstat.name) AS name, sum(pgsize) AS bytes
    FROM dbstat LEFT JOIN sqlite_schema ON sqlite_schema.name = dbstat.name WHERE aggregate = TRUE GROUP BY 1`
  const free = 'SELECT freelist_count * page_size AS bytes FROM pragma_freelist_count, pragma_page_size'
  const [tables = [], [unused] = []] = (await runApart(file, [sizes, free], false)) as {
    name: string
    bytes: number
  }[][]
  return new Map([...tables.map(({ name, bytes }) => [name, bytes] as const), ['free', unused?.bytes ?? 0]])
}

/** Writes the file anew without free pages. Meanwhile the caller lets nobody else write. Throws SQLite's errors. */
export async function vacuumApart(file: string): Promise<void> {
  await runApart(file, ['VACUUM', 'PRAGMA wal_checkpoint(TRUNCATE)'], true)
}
