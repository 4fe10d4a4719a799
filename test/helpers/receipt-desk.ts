import type { GroupInput } from '#shared/group.ts'
import type { MessageState, MessageStory } from '#shared/message.ts'
import { openGroupDesk, type GroupDesk, type Member } from './group-desk.ts'
import { handClock, type HandClock } from './hand-clock.ts'

export const minute = 60_000

/** Members, groups that wait for receipts, and a clock that only a test moves on. */
export interface ReceiptDesk extends Omit<GroupDesk, 'now'> {
  clock: HandClock
  /** Epoch milliseconds. */
  time(): number
  /** As the system's clock does that is set, or while nothing runs: no timer hears of it. */
  jump(ms: number): void
  /** Lets time pass, for the workbench's times as for its timers. */
  pass(ms: number): Promise<void>
  /** Resolves with the message once it is in that state. */
  when(id: string, state: MessageState): Promise<MessageStory>
  /** Members that accept, in a group that waits five minutes, and a message that the first one took. */
  waiting(...names: string[]): Promise<{ members: Member[]; group: GroupInput; id: string }>
}

export async function openReceiptDesk(): Promise<ReceiptDesk> {
  const clock = handClock()
  let base = Date.now()
  const time = () => base + clock.now()
  const desk = await openGroupDesk({ clock, host: 'headless', now: time })
  return Object.assign(desk, {
    clock,
    time,
    jump: (ms: number) => void (base += ms),
    pass: (ms: number) => clock.advance(ms),
    when: (id: string, state: MessageState) => when(desk, id, state),
    waiting: async (...names: string[]) => {
      const members: Member[] = []
      for (const name of names) members.push(await desk.member(name))
      const group = await desk.group(members, { noReceiptMinutes: 5 })
      return { members, group, id: (await desk.send(group.id)).id }
    },
  })
}

function when({ test }: Pick<GroupDesk, 'test'>, id: string, state: MessageState): Promise<MessageStory> {
  return new Promise((resolve) => {
    const look = async () => {
      const story = await test.call('messages.get', { id })
      if (story.state !== state) return
      stop()
      resolve(story)
    }
    const stop = test.workbench.events.subscribe((event) => {
      if (event.name === 'message.changed' && event.payload.id === id) void look()
    })
    void look()
  })
}

/** How many requests each has had. */
export const requests = (...members: Member[]) => members.map(({ state }) => state.requests)
