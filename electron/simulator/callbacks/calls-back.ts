import { AppError } from '#shared/errors.ts'
import type { VendorCallbacks } from '#shared/callbacks/format.ts'
import { simulatedReceiptsSchema, usualReceipts, type SimulatedReceipts } from '#shared/simulator-phone.ts'
import type { EventHub } from '../../events.ts'
import type { Handlers } from '../../rpc.ts'
import type { Clock } from '../../sending/access/turns.ts'
import type { Taken } from '../desk.ts'
import type { CallingBack } from './calling-back.ts'
import type { Home } from './home.ts'
import { viewOf, type Kept } from './phone.ts'

export interface CallsBackParts {
  events: EventHub
  now: () => number
  clock?: Clock | undefined
  home: Home
  /** What was kept, whatever it is; null: nothing can be read for now. */
  readReceipts: () => { receipts: unknown } | null
  keepReceipts: (receipts: SimulatedReceipts) => Promise<void>
  vendor: (id: string) => VendorCallbacks | null
}

type CallsBackHandlers = Pick<
  Handlers,
  | 'simulator.receipts'
  | 'simulator.setReceipts'
  | 'simulator.posts'
  | 'phone.numbers'
  | 'phone.thread'
  | 'phone.reply'
  | 'phone.click'
  | 'phone.postAgain'
>

export interface CallsBack {
  /** To be called before the first message comes: what only a running simulator needs is loaded with it. */
  load(): Promise<void>
  take(taken: Taken): Promise<void> | null
  /** What is still to come does not come any more. */
  drop(): void
  clear(): void
  close(): Promise<void>
  handlers: CallsBackHandlers
}

/** Pages are told of what came or went so often at most, in milliseconds. */
const tellEveryMs = 100

/** What comes back from the simulated vendors after a message, and the phone that shows it. */
export function openCallsBack(parts: CallsBackParts): CallsBack {
  const { events, now, home, vendor } = parts
  let calling: CallingBack | null = null
  let settings: SimulatedReceipts | null = null
  const news = throttled((number) => events.emit('phone.changed', { number }))

  const receipts = (): SimulatedReceipts => {
    if (settings) return settings
    const kept = parts.readReceipts()
    if (!kept) return usualReceipts
    const parsed = simulatedReceiptsSchema.safeParse(kept.receipts)
    return (settings = parsed.success ? parsed.data : usualReceipts)
  }

  const load = async () => {
    const [{ CallingBack: Class }, { idleClock }] = await Promise.all([
      import('./calling-back.ts'),
      import('./courier.ts'),
    ])
    const clock = parts.clock ?? idleClock
    calling ??= new Class({ home, vendor, now, clock, settings: receipts, onChange: news.tell })
  }

  const asked = (ask: (calling: CallingBack) => Promise<Kept>) => {
    if (!calling)
      throw new AppError('not_found', 'The simulator has taken no message since the workbench was opened.')
    return ask(calling).then(viewOf)
  }

  const handlers = {
    'simulator.receipts': receipts,
    'simulator.setReceipts': async (next) => {
      await parts.keepReceipts(next)
      settings = next
      events.emit('simulator.receipts', next)
      return next
    },
    'simulator.posts': ({ id }) => calling?.postsOf(id) ?? [],
    'phone.numbers': ({ search, limit }) =>
      calling?.phone.numbers(search, limit) ?? { numbers: [], total: 0 },
    'phone.thread': ({ number, before, limit }) =>
      calling?.phone.thread(number, before, limit) ?? { entries: [], more: false },
    'phone.reply': ({ number, text, to }) => asked((one) => one.reply(number, text, to)),
    'phone.click': ({ id, url }) => asked((one) => one.click(id, url)),
    'phone.postAgain': ({ id, postId }) => asked((one) => one.postAgain(id, postId)),
  } satisfies CallsBackHandlers

  return {
    load,
    take: (taken) => calling?.take(taken) ?? null,
    drop: () => calling?.drop(),
    clear: () => calling?.clear(),
    close: async () => {
      news.stop()
      await calling?.close()
    },
    handlers,
  }
}

/** Tells the first at once, and what comes soon after it together: of one number, or null for several. */
function throttled(emit: (number: string | null) => void) {
  let timer: NodeJS.Timeout | null = null
  let waiting: { number: string | null } | null = null
  const tick = () => {
    timer = null
    if (!waiting) return
    const { number } = waiting
    waiting = null
    tell(number)
  }
  const tell = (number: string | null) => {
    if (timer !== null) {
      waiting = { number: waiting === null || waiting.number === number ? number : null }
      return
    }
    timer = setTimeout(tick, tellEveryMs).unref()
    emit(number)
  }
  const stop = () => {
    if (timer) clearTimeout(timer)
    timer = null
    waiting = null
  }
  return { tell, stop }
}
