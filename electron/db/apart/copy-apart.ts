import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import type { Finding } from '../files/backup-list.ts'

/**
 * Copies a store, looks at every page of the copy and counts what is in it, all on another thread, because a large copy
 * on its way to the disk would stop the window. It reads one moment's state while the store is written to. As text, so
 * that no build step has to know of a second program.
 */
const program = `
const { closeSync, fsyncSync, openSync } = require('node:fs')
const { parentPort, workerData: { addon, from, to, ended } } = require('node:worker_threads')
const Database = require(addon)

function goOn() {
  if (Atomics.load(ended, 0) !== 0) throw new Error('The copy was stopped.')
}

async function copy() {
  const source = new Database(from, { readonly: true, fileMustExist: true })
  try {
    await source.backup(to, { progress: () => 0x7fffffff })
  } finally {
    source.close()
  }
}

function check() {
  const db = new Database(to)
  const count = (table) => db.prepare('SELECT count(*) FROM ' + table).pluck().get()
  try {
    db.pragma('journal_mode = DELETE')
    const usable = db.pragma('quick_check(1)', { simple: true }) === 'ok'
    return { usable, providers: usable ? count('providers') : null, messages: usable ? count('messages') : null }
  } finally {
    db.close()
  }
}

function flush() {
  const descriptor = openSync(to, 'r+')
  fsyncSync(descriptor)
  closeSync(descriptor)
}

async function run() {
  goOn()
  await copy()
  goOn()
  const finding = check()
  goOn()
  flush()
  parentPort.postMessage(finding)
}

run()
`

/**
 * Answers with what is in the copy. Throws whatever goes wrong, and when the signal ends it. The thread is asked to stop
 * and ends at its next step: to terminate it inside the addon, above all while that is being loaded, would abort the
 * whole process.
 */
export async function copyApart(from: string, to: string, signal: AbortSignal): Promise<Finding> {
  signal.throwIfAborted()
  const addon = createRequire(import.meta.url).resolve('better-sqlite3')
  const ended = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(program, { eval: true, workerData: { addon, from, to, ended } })
  const stop = () => Atomics.store(ended, 0, 1)
  signal.addEventListener('abort', stop)
  try {
    return await answerOf(worker)
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** Resolves after the thread is gone, so that it holds no file any more. */
function answerOf(worker: Worker): Promise<Finding> {
  return new Promise((resolve, reject) => {
    let finding: Finding | null = null
    let failure: unknown = new Error('The copy was stopped.')
    worker.once('message', (message: Finding) => (finding = message))
    worker.once('error', (error) => (failure = error))
    worker.once('exit', () => (finding ? resolve(finding) : reject(failure)))
  })
}
