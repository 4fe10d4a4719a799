import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fromCsv, fromNdjson } from '../../helpers/exported.ts'
import { addLogRows, logRow } from '../../helpers/log-rows.ts'
import { startHeadless, temporaryFolder } from '../../helpers/start-headless.ts'
import { root, startProcess } from '../../helpers/start-process.ts'

let folder: string

beforeAll(async () => {
  folder = await temporaryFolder()
  await (await startHeadless({ folder })).stop()
  addLogRows(
    folder,
    Array.from({ length: 900 }, (_, index) =>
      logRow({ createdAt: index, text: `No ${index}`, state: index % 9 ? 'sent' : 'failed' }),
    ),
  )
})
afterAll(() => rm(folder, { recursive: true }))

const run = (...args: string[]) =>
  startProcess(
    process.execPath,
    [join(root, 'out/main/cli.js'), 'export', ...args, '--workspace', folder],
    {},
  ).ended

it('writes all messages that fit to a new file, and leaves one that is there alone', async () => {
  const file = join(folder, 'failed.csv')
  const { code, stdout } = await run('messages', '--state', 'failed', '--output', file, '--json')
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toEqual({ subject: 'messages', format: 'csv', rows: 100, file })
  const written = readFileSync(file, 'utf8')
  expect(fromCsv(written)).toHaveLength(100)

  const again = await run('messages', '--output', file)
  expect(again.code).not.toBe(0)
  expect(again.stderr).toBe(`${file} is there already. Name another file.\n`)
  expect(readFileSync(file, 'utf8')).toBe(written)
})

it('writes to the standard output, and says which filters receipts take', async () => {
  const { code, stdout } = await run('messages', '--format', 'ndjson', '--search', 'No 88')
  expect(code).toBe(0)
  const fits = Array.from({ length: 900 }, (_, index) => `No ${index}`).filter((text) => text.includes('88'))
  expect(fromNdjson(stdout).map(({ text }) => text)).toEqual(fits)

  const refused = await run('receipts', '--state', 'failed')
  expect(refused.code).not.toBe(0)
  expect(refused.stderr).toContain('--provider, --since and --until alone')
  expect((await run('receipts')).stdout).toContain('Callback id,Received,Kind')
})
