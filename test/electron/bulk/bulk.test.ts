import { afterEach, beforeEach, expect, it } from 'vitest'
import { defaultPolicies } from '#shared/group.ts'
import type { ProviderSettings } from '#shared/settings.ts'
import { bulkFile, bulkSetup, bulkWhen, isOver, loadBulk, resultsOf, saved } from '../../helpers/bulk.ts'
import { heldProvider } from '../../helpers/held-provider.ts'
import { newId } from '../../helpers/new-id.ts'
import type { RawServer } from '../../helpers/raw-server.ts'
import { formRows } from '../../helpers/settings.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
const servers: RawServer[] = []
beforeEach(async () => {
  test = await openTestWorkbench({ host: 'headless' })
})
afterEach(async () => {
  await test.close()
  for (const server of servers.splice(0)) await server.close()
})

const provider = async (more?: Partial<ProviderSettings>) => {
  const made = await heldProvider(test, more)
  servers.push(made.server)
  return made
}

const list = async (id: string) =>
  (await test.call('messages.list', { providerId: id, before: null, limit: 500 })).messages

it('sends every row once, in the order of the file, and tells how it went', async () => {
  const { id, state } = await provider({ atOnce: 1 })
  const job = await loadBulk(test, bulkSetup(saved(id)), bulkFile(250))
  expect(job).toMatchObject({ state: 'ready', messages: 250, refused: 0, sent: 0 })
  const waiting = await list(id)
  expect(waiting).toHaveLength(250)
  expect(waiting[0]).toMatchObject({ state: 'queued', attempts: 0, text: 'Hello N249' })
  await test.call('bulk.start', { id: job.id })
  const over = await bulkWhen(test, job.id, isOver)
  expect(over).toMatchObject({ state: 'done', sent: 250, failed: 0, sending: 0, failures: [] })
  expect(state.arrived).toEqual(bulkFile(250).match(/\+\d+/g))
  const after = await list(id)
  expect(new Set(after.map((message) => message.state))).toEqual(new Set(['sent']))
  expect(after.map((message) => message.id)).toEqual(waiting.map((message) => message.id))
  const story = await test.call('messages.get', { id: after[0]!.id })
  expect(story.story).toHaveLength(1)
  const file = await resultsOf(test, job.id)
  expect(file.trimEnd().split('\r\n')).toHaveLength(251)
})

it('refuses rows with the reason, counts failures by theirs, and keeps formulas out of the result', async () => {
  const parameters = formRows({ to: '$$To', text: '$$Body', ref: '$$ref' })
  const { id, state } = await provider({ parameters })
  state.status = '400 Bad Request'
  const setup = bulkSetup(saved(id), { values: { ref: '{{name}}' } })
  const rows = [
    'number,name',
    '+14155550100,=1+1',
    'nonsense,B',
    '+14155550101,',
    '"+14155550102","a ""b"",c"',
  ]
  const head = rows.join('\r\n')
  const dry = await test.call('bulk.dryRun', { head, isWhole: true, setup })
  expect(dry.map(({ line, refusal }) => [line, refusal !== null])).toEqual([
    [1, false],
    [2, true],
    [3, true],
    [4, false],
  ])
  expect(dry[2]?.refusal).toBe('There is no value for $$ref.')
  const job = await loadBulk(test, setup, head)
  expect(job).toMatchObject({ messages: 2, refused: 2 })
  await test.call('bulk.start', { id: job.id })
  const over = await bulkWhen(test, job.id, isOver)
  expect(over).toMatchObject({ failed: 2, failures: [{ state: 'failed', code: 'bad_request', count: 2 }] })
  const [header, ...lines] = (await resultsOf(test, job.id)).trimEnd().split('\r\n')
  expect(header).toMatch(/^\uFEFFnumber,name,Line,To,State/)
  expect(lines[0]).toMatch(/^'\+14155550100,'=1\+1,1,'\+14155550100,failed,/)
  expect(lines[1]).toMatch(/^nonsense,B,2,,refused,/)
  expect(lines[3]).toMatch(/^'\+14155550102,"a ""b"",c",4,/)
})

it('pauses, goes on and is cancelled; what is on its way comes to its end, what waits is kept', async () => {
  const { id, state, release, arrivals } = await provider({ atOnce: 2 })
  state.holds = true
  const { id: job } = await loadBulk(test, bulkSetup(saved(id)), bulkFile(20))
  await test.call('bulk.start', { id: job })
  await arrivals(2)
  const pausing = test.call('bulk.pause', { id: job })
  await bulkWhen(test, job, (one) => one.state === 'paused')
  release()
  expect(await pausing).toMatchObject({ state: 'paused', sent: 2, sending: 0, failed: 0, cancelled: 0 })
  expect((await list(id)).filter((one) => one.state === 'queued')).toHaveLength(18)
  state.holds = true
  await test.call('bulk.start', { id: job })
  await arrivals(4)
  const cancelling = test.call('bulk.cancel', { id: job })
  await bulkWhen(test, job, (one) => one.state === 'cancelled')
  release()
  expect(await cancelling).toMatchObject({ state: 'cancelled', sent: 4, cancelled: 16, sending: 0 })
  expect(state.arrived).toHaveLength(4)
  expect((await test.refusal('bulk.start', { id: job })).code).toBe('changed_elsewhere')
})

it('goes on after a restart with what was running, and leaves what was paused', async () => {
  const one = await provider({ atOnce: 3 })
  const other = await provider()
  one.state.holds = true
  const running = await loadBulk(test, bulkSetup(saved(one.id)), bulkFile(30))
  const ready = await loadBulk(test, bulkSetup(saved(other.id)), bulkFile(5))
  await test.call('bulk.start', { id: running.id })
  await one.arrivals(3)
  const closing = test.reopen()
  one.release()
  await closing
  expect(await bulkWhen(test, running.id, isOver)).toMatchObject({ state: 'done', sent: 30, failed: 0 })
  expect(one.state.arrived).toHaveLength(30)
  expect(new Set(one.state.arrived).size).toBe(30)
  expect(await test.call('bulk.get', { id: ready.id })).toMatchObject({ state: 'ready', sent: 0 })
})

it('goes through a group, one message after the other to its next member', async () => {
  const down = await provider()
  const good = await provider()
  down.state.status = '503 Service Unavailable'
  const group = await test.call('groups.save', {
    id: newId(),
    name: 'Both',
    members: [down.id, good.id],
    countries: [],
    notes: '',
    policies: { ...defaultPolicies, breaker: false },
  })
  const target = { kind: 'group' as const, id: group.id }
  const { id } = await loadBulk(test, bulkSetup(target), bulkFile(12))
  await test.call('bulk.start', { id })
  expect(await bulkWhen(test, id, isOver)).toMatchObject({ state: 'done', sent: 12, targetName: 'Both' })
  expect([down.state.arrived.length, good.state.arrived.length]).toEqual([12, 12])
  const [message] = await list(good.id)
  expect(message).toMatchObject({ groupName: 'Both', attempts: 2, state: 'sent' })
})

it('pauses by itself, with the reason, when its provider is archived, and loses nothing', async () => {
  const { id, state } = await provider()
  const job = await loadBulk(test, bulkSetup(saved(id)), bulkFile(5))
  await test.call('providers.archive', { id })
  await test.call('bulk.start', { id: job.id })
  const paused = await bulkWhen(test, job.id, (one) => one.trouble !== null)
  expect(paused).toMatchObject({ state: 'paused', messages: 5, sent: 0, failed: 0 })
  expect(state.arrived).toHaveLength(0)
})

it('takes a file in pieces cut anywhere, and a piece that comes twice once', async () => {
  const { id } = await provider()
  const jobId = newId()
  await test.call('bulk.create', { id: jobId, setup: bulkSetup(saved(id), { delimiter: ';' }) })
  const text = '\uFEFFnumber;name\r\n+14155550100;"a;\r\nb"\r\n\r\n+14155550101;ü'
  const pieces = [...text]
  for (const [position, piece] of pieces.entries()) {
    await test.call('bulk.load', { id: jobId, position, text: piece })
    await test.call('bulk.load', { id: jobId, position, text: piece })
  }
  expect(await test.call('bulk.loaded', { id: jobId })).toMatchObject({ messages: 2, refused: 0 })
  expect((await list(id)).map(({ text: body }) => body)).toEqual(['Hello ü', 'Hello a;\r\nb'])
})

it('refuses what names a column that is not there, and a quote that is never closed', async () => {
  const { id } = await provider()
  const setup = bulkSetup(saved(id), { text: 'Hello {{nobody}}' })
  const refusal = await test.refusal('bulk.dryRun', { head: bulkFile(3), isWhole: true, setup })
  expect(refusal.message).toBe('The file has no column “nobody”.')
  const head = `number,name\n+14155550100,"${'x'.repeat(70_000)}`
  const open = await test.refusal('bulk.columns', { head, isWhole: true, hasHeader: true, delimiter: null })
  expect(open.message).toContain('a quote')
  const guess = await test.call('bulk.columns', {
    head: 'a;b,c;d\n1;2;3',
    isWhole: true,
    hasHeader: false,
    delimiter: null,
  })
  expect(guess).toMatchObject({ delimiter: ';', columns: ['Column 1', 'Column 2', 'Column 3'] })
})
