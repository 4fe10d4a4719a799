import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'

/** One statement, with its named values. */
export interface Change {
  sql: string
  values: Record<string, string | number | null>
}

/**
 * Makes changes in one transaction on another thread, over a connection of its own, for what would keep the event loop
 * for seconds. As text, so that no build step has to know of a second program.
 */
const program = `
const { parentPort, workerData: { addon, file, changes } } = require('node:worker_threads')
const Database = require(addon)

const db = new Database(file, { fileMustExist: true, timeout: 5000 })
try {
  for (const setting of ['synchronous = FULL', 'fullfsync = ON', 'foreign_keys = ON', 'trusted_schema = OFF',
    'temp_store = MEMORY', 'cache_size = -64000']) db.pragma(setting)
  const counts = db.transaction(() => changes.map(({ sql, values }) => db.prepare(sql).run(values).changes)).immediate()
  // Else the main thread's next write would have to bring all of it into the file.
  try { db.pragma('wal_checkpoint(PASSIVE)') } catch {}
  parentPort.postMessage({ counts })
} catch (error) {
  parentPort.postMessage({ code: error.code ?? '', message: String(error.message) })
} finally {
  db.close()
}
`

type Finding = { counts: number[] } | { code: string; message: string }

/**
 * Answers with the rows that each changed, once all are on the disk; either all are or none. Meanwhile the caller lets
 * nobody else write. Throws SQLite's errors with their codes, and `NoThread` when nothing was tried.
 */
export async function changeApart(file: string, changes: readonly Change[]): Promise<number[]> {
  const addon = createRequire(import.meta.url).resolve('better-sqlite3')
  const worker = new Worker(program, { eval: true, workerData: { addon, file, changes } })
  const finding = await findingOf(worker)
  if ('counts' in finding) return finding.counts
  throw Object.assign(new Error(finding.message), { code: finding.code })
}

/** The thread could not load the addon, so it has changed nothing. */
export class NoThread extends Error {}

/** Resolves after the thread is gone, so that it holds no file any more. */
function findingOf(worker: Worker): Promise<Finding> {
  return new Promise((resolve, reject) => {
    let finding: Finding | null = null
    let failure: unknown = new Error('The thread ended.')
    worker.once('message', (message: Finding) => (finding = message))
    worker.once('error', (error) => (failure = new NoThread(String(error), { cause: error })))
    worker.once('exit', () => (finding ? resolve(finding) : reject(failure)))
  })
}
