import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createLog } from '../../electron/log.ts'
import { Redaction } from '../../electron/secrets/redaction.ts'
import { temporaryFolder } from './db/fixtures/workspace.ts'

function logIn(folder: string, ...secrets: string[]) {
  const redaction = new Redaction()
  for (const secret of secrets) redaction.remember(secret)
  const log = createLog(folder, (text) => redaction.redact(text), 'debug')
  onTestFinished(() => log.close())
  return log
}

const everything = (folder: string) =>
  readdirSync(join(folder, 'logs'))
    .map((name) => readFileSync(join(folder, 'logs', name), 'utf8'))
    .join('')

describe('the log', () => {
  it('gives back its lines as they were, oldest first', async () => {
    const log = logIn(temporaryFolder())
    const before = Date.now()
    log.debug('one')
    log.info('two', { port: 8025, names: ['a', 'b'] })
    log.warn('three', { text: 'several\nlines' })
    log.error('four', { error: new Error('broken', { cause: new TypeError('deeper') }) })
    const lines = await log.tail(10)
    expect(lines.map(({ level, message }) => [level, message])).toEqual([
      ['debug', 'one'],
      ['info', 'two'],
      ['warn', 'three'],
      ['error', 'four'],
    ])
    expect(lines[0]?.at).toBeGreaterThanOrEqual(before)
    expect(lines[1]?.details).toContain('port: 8025')
    expect(lines[2]?.details).toBe('text: several\nlines')
    expect(lines[3]?.details).toContain('Error: broken\n    at ')
    expect(lines[3]?.details).toContain('TypeError: deeper')
    expect(await log.tail(2)).toEqual(lines.slice(2))
  })

  it('leaves out what is below its level', async () => {
    const log = createLog(temporaryFolder(), (text) => text)
    log.debug('one')
    log.info('two')
    expect((await log.tail(10)).map(({ message }) => message)).toEqual(['two'])
    await log.close()
  })

  it('is for its owner only, rotated at 2 MB, with five old files', async () => {
    const folder = temporaryFolder()
    const log = logIn(folder)
    for (let n = 0; n < 16_000; n += 1) {
      log.info(`line ${n}`, { filler: 'x'.repeat(1000) })
      if (n % 1000 === 0) await log.tail(1)
    }
    await log.close()
    const files = readdirSync(join(folder, 'logs')).sort()
    expect(files).toEqual(['workbench.log', ...[1, 2, 3, 4, 5].map((n) => `workbench.log.${n}`)])
    for (const file of files) {
      const { mode, size } = statSync(join(folder, 'logs', file))
      expect(mode & 0o777).toBe(0o600)
      expect(size).toBeLessThan(2.5 * 2 ** 20)
    }
    const last = (await log.tail(2000)).map(({ message }) => message)
    expect(last).toEqual(Array.from({ length: 2000 }, (_, n) => `line ${14_000 + n}`))
  })

  it('goes on after it was closed', async () => {
    const log = logIn(temporaryFolder())
    log.info('one')
    await log.close()
    log.info('two')
    expect((await log.tail(10)).map(({ message }) => message)).toEqual(['one', 'two'])
  })

  it('passes over lines that were cut off or are not its own', async () => {
    const folder = temporaryFolder()
    const log = logIn(folder)
    log.info('one')
    await log.close()
    writeFileSync(log.file, '{"time":1,"level":"inf\nnoise\nnull\n[]\n{"time":"x"}\n', { flag: 'a' })
    log.info('two')
    expect((await log.tail(10)).map(({ message }) => message)).toEqual(['one', 'two'])
  })
})

describe('what is logged', () => {
  const canary = 'canary "&<token>/7'
  const waysToWrite = [
    canary,
    encodeURIComponent(canary),
    JSON.stringify({ canary }),
    JSON.stringify(JSON.stringify({ canary })),
    Buffer.from(`user:${canary}`).toString('base64'),
    new URLSearchParams({ canary }).toString(),
    canary.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  ]

  it('never holds a known secret, wherever it was planted', async () => {
    const folder = temporaryFolder()
    const log = logIn(folder, canary)
    for (const written of waysToWrite) {
      const error = Object.assign(new Error(`failed: ${written}`), { url: `https://x/?t=${written}` })
      log.error(`sending ${written}`, {
        error,
        [written]: 'as a name',
        deep: { list: [{ body: written }], map: new Map([['k', written]]), set: new Set([written]) },
        url: new URL(`https://example.com/?t=${encodeURIComponent(canary)}`),
      })
    }
    await log.close()
    const text = everything(folder)
    expect(text).toContain('[secret]')
    expect(text).not.toContain('canary "')
    expect(text).not.toMatch(/token[^"]{0,8}7/)
    expect(text).not.toContain(Buffer.from(canary).toString('base64').slice(4, 16))
    for (const written of waysToWrite) expect(text).not.toContain(written)
  })

  it('hides a secret that is a number', async () => {
    const folder = temporaryFolder()
    const log = logIn(folder, '40917365')
    log.info('code', { value: 40_917_365, big: 40_917_365n })
    await log.close()
    expect(everything(folder)).not.toContain('40917365')
  })

  it('hides fields that are named like a secret, known or not', async () => {
    const folder = temporaryFolder()
    const log = logIn(folder)
    const names = [
      'password',
      'Authorization',
      'apiKey',
      'api_key',
      'x-api-key',
      'accessToken',
      'clientSecret',
      'Cookie',
    ]
    log.info('fields', {
      headers: Object.fromEntries(names.map((name) => [name, `hidden-${name}`])),
      open: 'shown',
    })
    await log.close()
    expect(everything(folder)).not.toContain('hidden-')
    expect(everything(folder)).toContain('shown')
  })

  it('may be anything at all', async () => {
    const log = logIn(temporaryFolder())
    const circle: Record<string, unknown> = { name: 'circle' }
    circle['self'] = circle
    const hostile = Object.defineProperty({}, 'x', {
      enumerable: true,
      get() {
        throw new Error('no')
      },
    })
    log.info('circle', { circle })
    log.info('hostile', { hostile })
    log.info('odd', {
      date: new Date(Number.NaN),
      bytes: Buffer.alloc(5),
      fn: () => {},
      sym: Symbol('s'),
      nan: Number.NaN,
    })
    log.info('long', { text: 'x'.repeat(1_000_000) })
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true }),
        (value) => {
          log.info('anything', { value })
        },
      ),
      { numRuns: 500 },
    )
    const lines = await log.tail(504)
    expect(lines).toHaveLength(504)
    expect(lines[0]?.details).toContain('[circular]')
    expect(lines[3]?.details.length).toBeLessThan(30_000)
  })
})

describe('a log that cannot be written', () => {
  it('costs its lines and nothing else', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'logs'), 'a file where the folder should be')
    const log = logIn(folder)
    for (let n = 0; n < 100; n += 1) log.error('lost', { n })
    expect(await log.tail(10)).toEqual([])
    await log.close()
  })

  it('is one whose file cannot be opened, too', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'logs/workbench.log'), { recursive: true })
    const log = logIn(folder)
    for (let n = 0; n < 100; n += 1) log.info('lost')
    expect(await log.tail(10)).toEqual([])
    await log.close()
  })

  it('is one whose folder vanishes while it is written', async () => {
    const folder = temporaryFolder()
    const log = logIn(folder)
    log.info('one')
    await log.tail(1)
    rmSync(join(folder, 'logs'), { recursive: true })
    chmodSync(folder, 0o700)
    for (let n = 0; n < 5000; n += 1) log.info('filler', { filler: 'x'.repeat(1000) })
    await log.close()
  })
})
