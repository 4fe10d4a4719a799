import { describe, expect, it } from 'vitest'
import { answerCalls, isAppAddress, type CallReceiver, type Frame } from '../../../electron/desktop/calls.ts'

type Listener = Parameters<CallReceiver['handle']>[1]

/** The registered listener, of a window whose main frame is `main`. */
function listenerFor(main: Frame | null): Listener {
  const listeners: Listener[] = []
  const channels: string[] = []
  const ipc: CallReceiver = {
    handle: (channel, listener) => {
      channels.push(channel)
      listeners.push(listener)
    },
  }
  answerCalls(
    ipc,
    async (name, input) => ({ ok: true, value: [name, input] }),
    () => main,
  )
  expect(channels).toEqual(['workbench:call'])
  return listeners[0]!
}

describe('a call over IPC', () => {
  it('of our page is answered', async () => {
    const main = { url: 'app://workbench/providers?x=1#y' }
    expect(await listenerFor(main)({ senderFrame: main }, 'app.info', 1)).toEqual({
      ok: true,
      value: ['app.info', 1],
    })
  })

  it.each([
    ['a frame that has gone', null],
    ['another frame that shows the same', { url: 'app://workbench/' }],
  ])('of %s is refused', async (_name, senderFrame) => {
    const answer = await listenerFor({ url: 'app://workbench/' })({ senderFrame }, 'app.info', null)
    expect(answer).toMatchObject({ ok: false, error: { code: 'forbidden' } })
  })

  it('is refused while there is no window', async () => {
    expect(await listenerFor(null)({ senderFrame: null }, 'app.info', null)).toMatchObject({ ok: false })
  })

  it.each([
    'app://workbench.evil/',
    'app://evil/workbench/',
    'app://workbench@evil/',
    'app://workbench:1/',
    'app:workbench',
    'app:///workbench',
    'https://workbench/',
    'file:///workbench',
    'data:text/html,app://workbench/',
    'about:blank',
    ' ',
    '',
  ])('of our own window showing %s is refused', async (url) => {
    expect(isAppAddress(url)).toBe(false)
    const main = { url }
    expect(await listenerFor(main)({ senderFrame: main }, 'app.info', null)).toMatchObject({ ok: false })
  })
})
