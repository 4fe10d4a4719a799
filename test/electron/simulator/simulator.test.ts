import { createServer, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProviderSettings } from '#shared/settings.ts'
import { genericSimulatorPath, magicNumbers } from '#shared/simulator.ts'
import { verdictOf } from '#shared/verdict.ts'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { formRows, headerRows } from '../../helpers/settings.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
let endpoint: string
beforeAll(async () => {
  test = await openTestWorkbench()
  const status = await test.call('simulator.start', undefined)
  endpoint = `${status.address}${genericSimulatorPath}`
})
afterAll(() => test.close())

const reading = { messageId: 'id', errorCode: 'code', errorText: 'message' }
const timeouts = { connectMs: 500, tlsMs: 500, firstByteMs: 500, totalMs: 3000 }
const success = {
  statusFrom: 200,
  statusTo: 299,
  body: { kind: 'json', path: 'status', equals: 'queued' },
} as const

async function send(changes: Partial<ProviderSettings> = {}, to = '+15005550006') {
  const settings = { endpoint, reading, timeouts, success, ...changes }
  return test.call('messages.send', sendInput(providerInput(settings), { to }))
}

describe('the simulated provider', () => {
  const bodies: [string, Partial<ProviderSettings>][] = [
    ['a form', { parameters: formRows({ mobile: '$$To', message: '$$Body', sender: '$$From' }) }],
    ['a query', { method: 'GET', parameters: formRows({ to: '$$To', text: '$$Body', from: '$$From' }) }],
    [
      'JSON',
      {
        parameters: {
          kind: 'raw',
          contentType: 'application/json',
          text: '{"messages":[{"to":"$$To","body":"$$Body","from":"$$From"}]}',
        },
      },
    ],
    [
      'XML',
      {
        parameters: {
          kind: 'raw',
          contentType: 'text/xml',
          text: '<sms><to>$$To</to><from>$$From</from><text>$$Body</text></sms>',
        },
      },
    ],
  ]
  it.each(bodies)('takes a message as %s', async (_name, changes) => {
    const story = await send({ from: 'ACME', ...changes })
    expect(story).toMatchObject({
      state: 'sent',
      simulated: true,
      providerMessageId: expect.stringMatching(/^sim-\d{10}-\d{6}$/),
    })
    const [received] = await test.call('simulator.received', undefined)
    expect(received).toMatchObject({ to: '+15005550006', from: 'ACME', text: 'Hello', status: 201 })
  })

  it.each([
    ['application/xml', { kind: 'xml', path: '/response/status', equals: 'queued' }, '//'],
    ['text/plain', { kind: 'matches', pattern: '^OK ' }, '~^(?:OK|ERR) (\\S+)'],
  ] as const)('answers in %s where the request accepts it', async (accept, body, place) => {
    const at = (name: string) => (place === '//' ? `//${name}` : place)
    const changes = {
      headers: headerRows({ Accept: accept }),
      success: { ...success, body },
      reading: { messageId: at('id'), errorCode: at('code'), errorText: '' },
    }
    const accepted = await send(changes)
    expect(accepted).toMatchObject({
      state: 'sent',
      providerMessageId: expect.stringMatching(/^sim-\d{10}-\d{6}$/),
    })
    const { outcome, response } = onlyAttempt(await send(changes, '+15005550011'))
    expect(outcome).toMatchObject({ code: 'body_says_failure', facts: { errorCode: 'spam_detected' } })
    expect(response?.headers.find(({ name }) => name === 'content-type')?.value).toContain(accept)
  })

  it('does with each magic number what its list says', async () => {
    const outcomes: Record<string, string> = {}
    for (const { number } of magicNumbers) {
      const story = await send(
        number === '+15005550012' ? { timeouts: { ...timeouts, firstByteMs: 5000, totalMs: 5000 } } : {},
        number,
      )
      const { outcome } = onlyAttempt(story)
      outcomes[number] = `${outcome?.class} ${outcome?.code}`
      if (outcome)
        for (const words of Object.values(verdictOf(outcome))) expect(words).not.toContain('undefined')
    }
    expect(outcomes).toEqual({
      '+15005550006': 'accepted accepted',
      '+15005550001': 'misconfigured bad_request',
      '+15005550004': 'misconfigured bad_request',
      '+15005550002': 'misconfigured unauthorized',
      '+15005550003': 'misconfigured payment_required',
      '+15005550007': 'unavailable rate_limited',
      '+15005550008': 'unknown server_error',
      '+15005550009': 'unknown first_byte_timed_out',
      '+15005550010': 'unknown reset_after_sending',
      '+15005550011': 'misconfigured body_says_failure',
      '+15005550012': 'accepted accepted',
      '+15005550013': 'accepted accepted',
      '+15005550014': 'accepted accepted',
      '+15005550015': 'accepted accepted',
      '+15005550016': 'accepted accepted',
      '+15005550017': 'accepted accepted',
      '+15005550018': 'accepted accepted',
    })
  })

  it('names what a request lacks, and refuses wrong credentials', async () => {
    const lacking = onlyAttempt(await send({ parameters: formRows({ text: '$$Body' }) }))
    expect(lacking.outcome).toMatchObject({
      code: 'bad_request',
      facts: { errorText: 'The request lacks a number (to)' },
    })
    const wrong = onlyAttempt(await send({ auth: { kind: 'bearer', token: 'nonsense' } }))
    expect(wrong.outcome).toMatchObject({ code: 'unauthorized' })
  })

  it('stops, and a send to it is then refused by the network', async () => {
    await test.call('simulator.stop', undefined)
    expect(onlyAttempt(await send()).outcome).toMatchObject({
      class: 'unavailable',
      code: 'connection_refused',
    })
    const [port] = [Number(new URL(endpoint).port)]
    expect(await test.call('simulator.start', undefined)).toMatchObject({ running: true })
    expect(port).toBeGreaterThan(0)
  })
})

it('takes the next port when its own is taken', async () => {
  const squatter = createServer()
  await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve))
  const { port } = squatter.address() as AddressInfo
  const other = await openTestWorkbench({ simulatorPort: port })
  const status = await other.call('simulator.start', undefined)
  expect(status.port).toBeGreaterThan(port)
  await other.close()
  squatter.close()
})

describe('the offline tour', () => {
  it('makes a provider, sends through it and leaves the story; a second one uses the same provider', async () => {
    const fresh = await openTestWorkbench()
    const first = await fresh.call('tour.start', undefined)
    const story = await fresh.call('messages.get', { id: first.messageId })
    expect(story).toMatchObject({ state: 'sent', simulated: true, test: true })
    expect(JSON.stringify(onlyAttempt(story).request)).not.toContain('simulated-token')
    await fresh.reopen()
    const second = await fresh.call('tour.start', undefined)
    expect(second.providerId).toBe(first.providerId)
    expect(await fresh.call('messages.get', { id: second.messageId })).toMatchObject({ state: 'sent' })
    expect(await fresh.call('providers.list', undefined)).toHaveLength(1)
    await fresh.close()
  })
})

it('starts again with the workbench when it was running at the end, and stays off when it was stopped', async () => {
  const desk = await openTestWorkbench({ host: 'headless' })
  await desk.call('simulator.start', undefined)
  await desk.reopen()
  // Asking joins the start that is under way.
  expect(await desk.call('simulator.start', undefined)).toMatchObject({ running: true })
  await desk.call('simulator.stop', undefined)
  await desk.reopen()
  expect(await desk.call('simulator.status', undefined)).toMatchObject({ running: false })
  await desk.close()
})

it('is found running by whoever opens the workbench next', async () => {
  const desk = await openTestWorkbench({ host: 'headless' })
  await desk.call('simulator.start', undefined)
  await desk.reopen()
  const { events } = desk.workbench
  const isRunning = async () => (await desk.call('simulator.status', undefined)).running
  if (!(await isRunning())) {
    await new Promise<void>((resolve) => {
      events.subscribe(({ name }) => name === 'simulator.status' && resolve())
    })
  }
  expect(await isRunning()).toBe(true)
  await desk.close()
})
