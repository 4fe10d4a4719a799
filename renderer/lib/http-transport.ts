import type { CommandName, EventEnvelope } from '#shared/contract.ts'
import type { Outcome } from '#shared/errors.ts'
import { reportConnection } from './connection.ts'
import { connectionLost, signedOut, type Answer, type Transport } from './failure.ts'

const retryAfter = 2000

/** Through `POST /rpc` and `/events` of the headless host, behind the session that the token opens. */
export function httpTransport(): Transport {
  const listeners = new Set<(event: EventEnvelope) => void>()
  const tell = (event: EventEnvelope) => {
    for (const listener of listeners) listener(event)
  }
  // What a page asks for may change as soon as it is answered: it listens before it asks.
  const listening = openSession(takeToken()).then(() => listen(tell))
  return {
    async call(name, input) {
      await listening
      return post(name, input)
    },
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The token stands in the address only until it is read, so that it is neither bookmarked nor copied along. */
function takeToken(): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (token) history.replaceState(history.state, '', location.pathname + location.search)
  return token
}

/** Opens a session; answers whether the token was taken. Without a token an earlier session's cookie has to do. */
export async function openSession(token: string | null): Promise<boolean> {
  if (!token) return true
  try {
    const response = await fetch('/session', json({ token }))
    if (response.status === 401 || response.status === 403) return false
    return response.ok
  } catch {
    reportConnection('lost')
    return false
  }
}

async function post(name: CommandName, input: unknown): Promise<Answer<unknown>> {
  try {
    const response = await fetch('/rpc', json({ name, input }))
    if (response.status === 401 || response.status === 403) {
      reportConnection('signed_out')
      return { ok: false, error: signedOut }
    }
    return (await response.json()) as Outcome<unknown>
  } catch {
    reportConnection('lost')
    return { ok: false, error: connectionLost }
  }
}

function json(body: unknown): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

/**
 * Until the stream is open, or has failed to for the first time. The browser reconnects by itself and says which event was
 * the last; only a refusal closes the stream for good.
 */
function listen(tell: (event: EventEnvelope) => void, after = ''): Promise<void> {
  let last = after
  const source = new EventSource(after ? `/events?after=${encodeURIComponent(after)}` : '/events')
  source.addEventListener('open', () => reportConnection('open'))
  source.addEventListener('message', (message: MessageEvent<string>) => {
    last = message.lastEventId
    tell(JSON.parse(message.data) as EventEnvelope)
  })
  source.addEventListener('error', () => {
    reportConnection('lost')
    if (source.readyState === EventSource.CLOSED) setTimeout(() => void reopen(tell, last), retryAfter)
  })
  return new Promise((resolve) => {
    for (const name of ['open', 'error']) source.addEventListener(name, () => resolve(), { once: true })
  })
}

/** A host that did not say where the stream stands counts as one that has moved on: it is asked for a resync. */
async function reopen(tell: (event: EventEnvelope) => void, last: string): Promise<void> {
  const answer = await post('app.preferences', undefined)
  // Signed out: the page that asks for the address takes over, and reloads when it has one.
  if (!answer.ok && answer.error.code === 'signed_out') return
  await listen(tell, last || 'unknown')
}
