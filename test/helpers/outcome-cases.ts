import { randomUUID } from 'node:crypto'
import { connect, Socket } from 'node:net'
import { expect } from 'vitest'
import type { OutcomeClass, OutcomeCode, OutcomeFacts } from '#shared/outcome.ts'
import type { ProviderSettings } from '#shared/settings.ts'
import { verdictOf } from '#shared/verdict.ts'
import { startHttpServer, type CertificateName, type Respond } from './http-server.ts'
import { onlyAttempt, providerInput, sendInput } from './messages.ts'
import { startProxyServer, type ProxyOptions } from './proxy-server.ts'
import { reply, startRawServer } from './raw-server.ts'
import { openTestWorkbench, type TestWorkbench } from './workbench.ts'

/** What a case sets up with; all of it is closed when its message is over. */
export interface Stage {
  raw(handlers: Parameters<typeof startRawServer>[0]): Promise<number>
  http(respond: Respond, certificate?: CertificateName): Promise<number>
  proxy(options?: ProxyOptions): Promise<number>
  /** A port that nothing listens on. */
  closedPort(): Promise<number>
  cancel(): void
}

/** One way in which an attempt may end, and what is said of it. */
export interface OutcomeCase {
  name: string
  class: OutcomeClass
  code: OutcomeCode
  /** Whether bytes of the request may have gone out. */
  bytesOut: boolean
  provoke: (stage: Stage) => Promise<Partial<ProviderSettings>> | Partial<ProviderSettings>
  facts?: OutcomeFacts
  /** Pieces that the words have to hold; `{host}` is the host with its port. */
  title?: string
  cause?: string
  next?: string
}

export const quick = { connectMs: 300, tlsMs: 300, firstByteMs: 300, totalMs: 2000 }

/** The names of the tests' own network, and how connections to some of them fail. */
const brokenBy: Record<string, string> = {
  'no-route.example.test': 'EHOSTUNREACH',
  'no-network.example.test': 'ENETUNREACH',
  'no-answer.example.test': 'ETIMEDOUT',
  'reset.example.test': 'ECONNRESET',
}

/** A socket as Node hands it out, whose connection fails as the kernel would have it. */
function brokenSocket(code: string): Socket {
  const socket = new Socket()
  setImmediate(() => socket.destroy(Object.assign(new Error(`connect ${code}`), { code })))
  return socket
}

export function openOutcomesWorkbench(): Promise<TestWorkbench> {
  return openTestWorkbench({
    network: {
      lookup: (hostname) => {
        if (hostname === 'never.example.test') return new Promise(() => {})
        const missing = { 'missing.example.test': 'ENOTFOUND', 'later.example.test': 'EAI_AGAIN' }[hostname]
        if (missing) return Promise.reject(Object.assign(new Error(hostname), { code: missing }))
        return Promise.resolve(hostname === 'empty.example.test' ? [] : [{ address: '127.0.0.1', family: 4 }])
      },
      connect: (options) => {
        // Never answered, as by a firewall that drops what comes.
        if (options.host === 'silent.example.test') return new Socket()
        const code = brokenBy[options.host ?? '']
        return code ? brokenSocket(code) : connect(options)
      },
    },
  })
}

/** Sends a message over real sockets and holds what came of it against the case. */
export async function check(test: TestWorkbench, one: OutcomeCase): Promise<void> {
  const key = randomUUID()
  const closing: (() => Promise<void>)[] = []
  const settings = await one.provoke(stageFor(closing, () => void test.call('messages.cancel', { key })))
  const provider = providerInput({ timeouts: quick, ...settings })
  const story = await test.call('messages.send', { ...sendInput(provider), key })
  for (const close of closing) await close()
  const attempt = onlyAttempt(story)
  const { outcome } = attempt
  if (!outcome) throw new Error('no outcome')
  const expected = { class: one.class, code: one.code }
  expect({ ...outcome, facts: {} }).toEqual({ ...expected, facts: {} })
  expect(outcome.facts).toMatchObject(one.facts ?? {})
  expect(attempt.bytesOut).toBe(one.bytesOut)
  expect(story.state).toBe({ accepted: 'sent', cancelled: 'cancelled' }[one.class as string] ?? 'failed')
  const verdict = verdictOf(outcome)
  const host = outcome.facts.host ?? new URL(provider.settings.endpoint).host
  for (const part of ['title', 'cause', 'next'] as const) {
    expect(verdict[part]).toContain((one[part] ?? '').replace('{host}', host))
    expect(verdict[part]).not.toMatch(/undefined|NaN|\[object| {2}/)
  }
  // Whoever reads must know whether the message may be on its way.
  const said = Object.values(verdict).join(' ')
  if (one.class === 'unknown') expect(said).toContain('may still arrive')
  if (!one.bytesOut) expect(said).toMatch(/[Nn]othing was sent|before anything was sent/)
  expect(await test.call('messages.get', { id: story.id })).toEqual(story)
}

function stageFor(closing: (() => Promise<void>)[], cancel: () => void): Stage {
  const opened = <T extends { port: number; close(): Promise<void> }>(server: T) => {
    closing.push(() => server.close())
    return server.port
  }
  return {
    raw: async (handlers) => opened(await startRawServer(handlers)),
    http: async (respond, certificate) => opened(await startHttpServer(respond, certificate)),
    proxy: async (options) => opened(await startProxyServer(options)),
    closedPort: async () => {
      const server = await startRawServer({})
      await server.close()
      return server.port
    },
    cancel,
  }
}

/** A server's whole answer, and the endpoint to get it from. */
export async function answering(stage: Stage, status: string, body = '', headers: string[] = []) {
  const port = await stage.raw({ onRequest: (socket) => socket.write(reply(status, body, headers)) })
  return { endpoint: `http://127.0.0.1:${port}/sms` }
}
