import { describe, expect, it } from 'vitest'
import type { EventEnvelope } from '#shared/contract.ts'
import type { MessageState, MessageSummary } from '#shared/message.ts'
import { noticesOf, type Notice } from '../../../electron/desktop/notices.ts'
import type { Dispatch } from '../../../electron/rpc.ts'

const id = '0198c0de-0000-7000-8000-000000000001'
const changed = (state: MessageState, of = id) =>
  ({ seq: 1, name: 'message.changed', payload: { id: of, state } as MessageSummary }) as EventEnvelope

/** Tells of the events and answers with what was shown. */
async function shown(events: EventEnvelope[], { away = true, outcome = true } = {}): Promise<Notice[]> {
  const notices: Notice[] = []
  const attempt = {
    outcome: outcome ? { class: 'misconfigured', code: 'unauthorized', facts: { status: 401 } } : null,
  }
  const story = { state: 'failed', providerName: 'Gateway', to: '+14155550123', story: [attempt] }
  const dispatch = (async () => ({ ok: true, value: story })) as unknown as Dispatch
  const notify = noticesOf(
    dispatch,
    () => away,
    (notice) => notices.push(notice),
  )
  for (const event of events) await notify(event)
  return notices
}

describe('a notification', () => {
  it('tells the verdict of a finished message, once', async () => {
    expect(
      await shown([changed('queued'), changed('sending'), changed('sent'), changed('delivered')]),
    ).toEqual([{ title: 'The provider refused the credentials (401)', body: 'Gateway, to +14155550123' }])
  })

  it('tells of each message', async () => {
    expect(await shown([changed('sent'), changed('failed', id.replace('1', '2'))])).toHaveLength(2)
  })

  it('is not shown to who is looking, nor later for what was seen', async () => {
    expect(await shown([changed('sent')], { away: false })).toEqual([])
  })

  it('has words for a message without an outcome', async () => {
    expect(await shown([changed('failed')], { outcome: false })).toMatchObject([
      { title: 'The message is failed' },
    ])
  })

  it('is for messages only', async () => {
    expect(await shown([{ seq: 1, name: 'host.resync', payload: null }])).toEqual([])
  })
})
