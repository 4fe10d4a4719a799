import { afterEach, beforeEach, expect, it } from 'vitest'
import type { LogFilter } from '#shared/message-log.ts'
import { defaultPolicies } from '#shared/group.ts'
import { providerInput, sendInput } from '../../helpers/messages.ts'
import { newId } from '../../helpers/new-id.ts'
import { reply, startRawServer, type RawServer } from '../../helpers/raw-server.ts'
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

async function provider(name: string, status: string): Promise<string> {
  const server = await startRawServer({ onRequest: (socket) => socket.write(reply(status, '{}')) })
  servers.push(server)
  const input = providerInput({ endpoint: `http://127.0.0.1:${server.port}/` }, { name })
  await test.call('providers.save', input)
  return input.id
}

/** Sends through a group of these, in this order; answers with the message's id. */
async function sent(...members: string[]): Promise<string> {
  const id = newId()
  const about = { countries: [], notes: '', policies: defaultPolicies }
  await test.call('groups.save', { id, name: `Group ${id}`, members, ...about })
  const input = { ...sendInput(id, { test: false }), provider: { kind: 'group' as const, id } }
  return (await test.call('messages.send', input)).id
}

const listed = async (states: LogFilter['states']) => {
  const filter = { providerId: null, ...(states && { states }) }
  const { messages } = await test.call('messages.list', { ...filter, before: null, limit: 50 })
  return messages
}
const idsOf = async (states: LogFilter['states']) => (await listed(states)).map(({ id }) => id)

it('a message is unknown where any attempt is and none took it, whatever the last one answered', async () => {
  const lost = await provider('Lost', '500 x')
  const down = await provider('Down', '503 x')
  const good = await provider('Good', '200 OK')
  const surely = await sent(down)
  const twice = await sent(lost, good)
  const maybe = await sent(lost, down)
  expect((await listed(undefined)).map(({ state, unknown }) => [state, unknown])).toEqual([
    ['failed', true],
    ['sent', false],
    ['failed', false],
  ])
  // The page is told the same as it happens.
  const told = test.events.filter(({ name }) => name === 'message.changed').map(({ payload }) => payload)
  expect(told.at(-1)).toMatchObject({ id: maybe, unknown: true })

  expect(await idsOf(['unknown'])).toEqual([maybe])
  expect(await idsOf(['failed'])).toEqual([surely])
  expect(await idsOf(['failed', 'unknown'])).toEqual([maybe, surely])
  expect(await idsOf(['sent', 'unknown'])).toEqual([maybe, twice])
  expect(await idsOf(['sent', 'failed'])).toEqual([twice, surely])

  await test.call('messages.settle', { id: maybe, as: 'failed' })
  expect(await idsOf(['unknown'])).toEqual([])
  expect(await idsOf(['failed'])).toEqual([maybe, surely])
})

it('an empty log has come to its end at once', async () => {
  const page = await test.call('messages.list', { providerId: null, before: null, limit: 50 })
  expect(page).toEqual({ messages: [], more: false, cursor: 0, top: 0 })
  expect(await test.call('messages.count', { providerId: null })).toEqual({ count: 0, more: false, cursor: 0 })
})

it('messages are asked for by their ids; those that are gone are left out', async () => {
  const id = await sent(await provider('Good', '200 OK'))
  const [listedOne] = await listed(undefined)
  expect(await test.call('messages.some', { ids: [newId(), id] })).toEqual([listedOne])
  expect(await test.refusal('messages.some', { ids: ['x'] })).toMatchObject({ code: 'invalid_input' })
})
