import { defaultPolicies, type GroupInput, type Policies } from '#shared/group.ts'
import type { MessageStory } from '#shared/message.ts'
import type { SendInput } from '#shared/send-input.ts'
import type { ProviderSettings } from '#shared/settings.ts'
import type { WorkbenchOptions } from '../../electron/workbench-options.ts'
import { providerInput, sendInput } from './messages.ts'
import { newId } from './new-id.ts'
import { reply, startRawServer, type RawServer } from './raw-server.ts'
import { openTestWorkbench, type TestWorkbench } from './workbench.ts'

export interface GroupDesk {
  test: TestWorkbench
  /** Epoch milliseconds, as the workbench sees it. */
  now: number
  /** A provider whose server answers with a status line, or never. */
  member(name: string, answer?: string | null, settings?: Partial<ProviderSettings>): Promise<Member>
  group(members: { id: string }[], policies?: Partial<Policies>): Promise<GroupInput>
  send(groupId: string, more?: Partial<SendInput>): Promise<MessageStory>
  close(): Promise<void>
}

export interface Member {
  id: string
  name: string
  server: RawServer
  state: MemberState
}

export interface MemberState {
  /** A status line; null: none comes. */
  answer: string | null
  body: string
  /** Answers wait until `letGo`. */
  holds: boolean
  requests: number
  /** Resolves when so many requests have come. */
  asked: (count: number) => Promise<void>
  letGo: () => void
}

/** A workbench of its own with members to make groups of, on a clock that stands still unless `now` is set. */
export async function openGroupDesk(options: Partial<WorkbenchOptions> = {}): Promise<GroupDesk> {
  const servers: RawServer[] = []
  const desk = { now: Date.now() }
  const test = await openTestWorkbench({ now: () => desk.now, ...options })
  return Object.assign(desk, {
    test,
    member: async (name: string, answer: string | null = '201 Created', settings = {}) => {
      const { server, state } = await startMember(answer)
      servers.push(server)
      const input = providerInput({ endpoint: `http://127.0.0.1:${server.port}/`, ...settings }, { name })
      await test.call('providers.save', input)
      return { id: input.id, name, server, state }
    },
    group: (members: { id: string }[], policies: Partial<Policies> = {}) => {
      const id = newId()
      return test.call('groups.save', {
        id,
        name: `Group ${id}`,
        members: members.map((one) => one.id),
        countries: [],
        notes: '',
        policies: { ...defaultPolicies, ...policies },
      })
    },
    send: (id: string, more: Partial<SendInput> = {}) => test.call('messages.send', through(id, more)),
    close: async () => {
      await test.close()
      for (const server of servers) await server.close()
    },
  })
}

async function startMember(answer: string | null): Promise<{ server: RawServer; state: MemberState }> {
  const held: (() => void)[] = []
  const waiting: { count: number; met: () => void }[] = []
  const state: MemberState = {
    answer,
    body: '{}',
    holds: false,
    requests: 0,
    asked: (count) =>
      new Promise<void>((met) => (state.requests >= count ? met() : void waiting.push({ count, met }))),
    letGo: () => held.splice(0).forEach((give) => give()),
  }
  const server = await startRawServer({
    onRequest: (socket) => {
      state.requests += 1
      const give = () => state.answer !== null && socket.write(reply(state.answer, state.body))
      if (state.holds) held.push(give)
      else give()
      for (const { count, met } of waiting) if (state.requests >= count) met()
    },
  })
  return { server, state }
}

/** What is sent through a group; no test unless told. */
export function through(id: string, more: Partial<SendInput> = {}): SendInput {
  return { ...sendInput(id, { test: false }), provider: { kind: 'group', id }, ...more }
}
