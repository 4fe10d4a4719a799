import { afterEach, beforeEach, expect, it } from 'vitest'
import { defaultPolicies } from '#shared/group.ts'
import { providerInput, sendInput } from '../../helpers/messages.ts'
import { newId } from '../../helpers/new-id.ts'
import { reply, startRawServer, type RawServer } from '../../helpers/raw-server.ts'
import { formRows } from '../../helpers/settings.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
let servers: RawServer[]
beforeEach(async () => {
  servers = []
  test = await openTestWorkbench()
})
afterEach(async () => {
  await test.close()
  for (const server of servers) await server.close()
})

async function provider(name: string, status: string, parameters: Record<string, string> = {}) {
  const server = await startRawServer({ onRequest: (socket) => socket.write(reply(status, '{}')) })
  servers.push(server)
  const rows = { parameters: formRows({ to: '$$To', text: '$$Body', ...parameters }) }
  const input = providerInput({ endpoint: `http://127.0.0.1:${server.port}/`, ...rows }, { name })
  await test.call('providers.save', input)
  return { id: input.id, server }
}

async function group(members: { id: string }[], countries: string[] = []) {
  const ids = members.map(({ id }) => id)
  const about = { id: newId(), name: `Group ${newId()}`, countries, notes: '', policies: defaultPolicies }
  return test.call('groups.save', { ...about, members: ids })
}

const figures = async () => {
  const providers = await test.call('providers.list', undefined)
  const groups = await test.call('groups.list', undefined)
  const named = [...providers, ...groups].map(({ name, counts }) => [name, [counts.sent, counts.errors]])
  return Object.fromEntries(named) as Record<string, [number, number]>
}

it('marks what nobody knows as sent, corrects the figures of provider and group, and takes it back', async () => {
  const lost = await provider('Lost', '500 x')
  const down = await provider('Down', '503 x')
  const { id, name } = await group([lost, down])
  const input = { ...sendInput(id, { test: false }), provider: { kind: 'group' as const, id } }
  const story = await test.call('messages.send', input)
  expect(story).toMatchObject({ state: 'failed', attempts: 2, settled: null })
  expect(await figures()).toEqual({ Lost: [0, 1], Down: [0, 1], [name]: [0, 1] })

  const sent = await test.call('messages.settle', { id: story.id, as: 'sent' })
  expect(sent).toMatchObject({ state: 'sent', settled: { as: 'sent' } })
  // What its attempts answered stays as it was.
  expect(sent.story).toEqual(story.story)
  expect(await figures()).toEqual({ Lost: [1, 0], Down: [0, 1], [name]: [1, 0] })
  await test.call('messages.settle', { id: story.id, as: 'sent' })
  expect(await figures()).toMatchObject({ Lost: [1, 0], [name]: [1, 0] })
  expect(test.events.at(-1)).toMatchObject({ name: 'message.changed', payload: { settled: { as: 'sent' } } })

  await test.reopen()
  const failed = await test.call('messages.settle', { id: story.id, as: 'failed' })
  expect(failed).toMatchObject({ state: 'failed', settled: { as: 'failed' } })
  expect(await figures()).toEqual({ Lost: [0, 1], Down: [0, 1], [name]: [0, 1] })
})

it('leaves a message of which something is known to its provider’s answer', async () => {
  const good = await provider('Good', '201 Created')
  const down = await provider('Down', '503 x')
  for (const { id } of [good, down]) {
    const story = await test.call('messages.send', sendInput(id))
    const refusal = await test.refusal('messages.settle', { id: story.id, as: 'failed' })
    expect(refusal).toMatchObject({ code: 'invalid_input' })
    expect(await test.call('messages.get', { id: story.id })).toEqual(story)
  }
  expect(await test.refusal('messages.settle', { id: newId(), as: 'sent' })).toMatchObject({
    code: 'not_found',
  })
})

it('keeps which message another run is of, and tells it on both', async () => {
  const [one, two] = [await provider('One', '503 x'), await provider('Two', '201 Created')] as const
  const first = await test.call('messages.send', sendInput(one.id))
  const again = await test.call('messages.send', sendInput(two.id, { runOf: first.id }))
  expect(again).toMatchObject({ runOf: first.id, state: 'sent' })
  await test.reopen()
  expect(await test.call('messages.get', { id: again.id })).toEqual(again)
  expect(await test.call('messages.runs', { id: first.id })).toMatchObject({
    first: null,
    later: [{ id: again.id, providerName: 'Two' }],
  })
  expect(await test.call('messages.runs', { id: again.id })).toMatchObject({
    first: { id: first.id, providerName: 'One' },
    later: [],
  })
})

it('asks for the values of all members that may be tried, and keeps those that were given', async () => {
  const one = await provider('One', '503 x', { sender: '$$Brand' })
  const two = await provider('Two', '201 Created', { code: '$$Otp', template: '$$TemplateID' })
  const gone = await provider('Gone', '201 Created', { secret: '$$Lost' })
  const { id, name } = await group([one, gone, two], ['US'])
  await test.call('providers.archive', { id: gone.id })
  const to = '+14155550123'
  const view = await test.call('messages.target', { target: { kind: 'group', id }, to: '', country: null })
  expect(view).toMatchObject({
    kind: 'group',
    name,
    asked: ['Brand', 'Otp', 'TemplateID'],
    providers: [{ name: 'One' }, { name: 'Two' }],
  })
  const route = { target: { kind: 'route' as const }, country: null }
  expect(await test.call('messages.target', { ...route, to })).toEqual(view)
  // No group is for Germany, so it goes to the default.
  expect(await test.call('messages.target', { ...route, to: '+4915123456789' })).toMatchObject({
    kind: 'provider',
    name: 'One',
  })
  const values = { Brand: 'Acme', Otp: '1234', TemplateID: '' }
  const input = { ...sendInput(id, { values }), provider: { kind: 'group' as const, id } }
  const story = await test.call('messages.send', input)
  expect(story).toMatchObject({ attempts: 2, providerName: 'Two', values })
  expect(two.server.received[0]?.toString()).toContain('1234')
  expect(await test.call('messages.get', { id: story.id })).toMatchObject({ values })
})
