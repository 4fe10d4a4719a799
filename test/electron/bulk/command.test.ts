import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { cancelBulk, deleteBulk, listBulk, resultOfBulk } from '../../../electron/cli/bulk-jobs.ts'
import { resumeBulk, runBulk, type BulkOptions } from '../../../electron/cli/bulk.ts'
import { bulkFile, bulkSetup, loadBulk, saved } from '../../helpers/bulk.ts'
import { startHttpServer, type HttpServer } from '../../helpers/http-server.ts'
import { providerInput } from '../../helpers/messages.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
let api: HttpServer
let printed: string

beforeEach(async () => {
  test = await openTestWorkbench()
  api = await startHttpServer(() => ({}))
  await test.call('providers.save', providerInput({ endpoint: `http://127.0.0.1:${api.port}/` }))
  await test.workbench.close()
  printed = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((printed += String(text))))
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await test.reopen()
  await test.close()
  await api.close()
})

function options(more: Partial<BulkOptions> = {}): BulkOptions {
  return {
    workspace: test.folder,
    json: true,
    text: 'Hello {{name}}',
    value: {},
    header: true,
    test: false,
    dryRun: false,
    ...more,
  }
}

it('sends a message for each row of a UTF-16 file, and writes what became of them', async () => {
  const file = join(test.folder, 'numbers.csv')
  const output = join(test.folder, 'result.csv')
  const text = '\uFEFFphone;name\r\n+14155550100;Zoë\r\nnobody;B\r\n+14155550101;C\r\n'
  writeFileSync(file, Buffer.from(text, 'utf16le'))
  expect(await runBulk(file, options({ dryRun: true }))).toBe(2)
  expect(JSON.parse(printed)).toMatchObject([{ text: 'Hello Zoë' }, { line: 2 }, { refusal: null }])
  printed = ''
  expect(await runBulk(file, options({ output }))).toBe(0)
  const job = JSON.parse(printed) as { id: string }
  expect(job).toMatchObject({ name: 'numbers.csv', state: 'done', sent: 2, refused: 1 })
  expect(api.received).toHaveLength(2)
  expect(readFileSync(output, 'utf8').trimEnd().split('\r\n')).toHaveLength(4)
  await expect(resumeBulk(job.id, options())).rejects.toMatchObject({ code: 'changed_elsewhere' })
})

it('tells by its code that some were not sent, and refuses a file that is not there', async () => {
  await api.close()
  const file = join(test.folder, 'numbers.csv')
  writeFileSync(file, '+14155550100,A\n')
  const noHeader = { header: false, text: 'Hello {{Column 2}}' }
  expect(await runBulk(file, options(noHeader))).toBe(3)
  expect(JSON.parse(printed)).toMatchObject({
    failed: 1,
    failures: [{ code: 'connection_refused', count: 1 }],
  })
  await expect(runBulk(`${file}x`, options())).rejects.toMatchObject({ code: 'invalid_input' })
  await expect(runBulk(file, options({ route: true, group: 'G' }))).rejects.toThrow('Use one of')
})

/** A bulk test that the app, killed meanwhile, was running: its rows wait. */
async function leftRunning(rows: number): Promise<string> {
  await test.reopen()
  const [provider] = await test.call('providers.list', undefined)
  const { id } = await loadBulk(
    test,
    bulkSetup(saved(provider?.id ?? ''), { perSecond: 0.01 }),
    bulkFile(rows),
  )
  await test.call('bulk.start', { id })
  await test.workbench.close()
  return id
}

it('goes on with one that another program left running, once with each row', async () => {
  const id = await leftRunning(3)
  const earlier = api.received.length
  expect(earlier).toBeLessThan(2)
  // One turn in a hundred seconds is not waited for: Ctrl+C pauses.
  const going = resumeBulk(id, options())
  await vi.waitFor(() => expect(api.received.length).toBeGreaterThan(earlier), { timeout: 10_000 })
  process.emit('SIGINT')
  expect(await going).toBe(7)
  expect(JSON.parse(printed)).toMatchObject({ state: 'paused', sent: api.received.length, failed: 0 })
})

it('lists, cancels and deletes one, and writes its result, each by name', async () => {
  const id = await leftRunning(3)
  await listBulk(options())
  expect(JSON.parse(printed)).toMatchObject([{ id, name: 'Trial' }])
  await expect(cancelBulk('Trial', { ...options(), yes: false })).rejects.toThrow('Add --yes to do it.')
  printed = ''
  await cancelBulk('Trial', { ...options(), yes: true })
  expect(JSON.parse(printed)).toMatchObject({ id, state: 'cancelled' })
  printed = ''
  await resultOfBulk('Trial', options())
  expect(printed.split('\r\n')[0]).toMatch(/^\uFEFFnumber,name,Line,To/)
  await expect(deleteBulk(id, { ...options(), yes: false })).rejects.toThrow('what was sent stays')
  await deleteBulk(id, { ...options(), yes: true })
  await expect(resultOfBulk('Trial', options())).rejects.toThrow('There is none yet.')
  await test.reopen()
  const { messages } = await test.call('messages.list', { providerId: null, before: null, limit: 9 })
  expect(messages.map(({ state }) => state)).toEqual(Array(api.received.length).fill('sent'))
  await test.workbench.close()
})
