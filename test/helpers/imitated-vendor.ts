import { vendorSchema, type Vendor } from '#shared/catalogue/entry.ts'
import type { ReceivedMessage, SimulatorFaults } from '#shared/simulator.ts'
import type { SimulatorDesk } from '../../electron/simulator/desk.ts'
import { startSimulator } from '../../electron/simulator/server.ts'
import { simulatorDesk } from './simulator-desk.ts'

type Written = Record<string, unknown>

/** Where the plain imitation takes messages. */
export const imitatedPath = '/acme/v1/accounts/one/messages'

const says = (status: number, words: string, more: Written = {}) => ({
  status,
  words,
  body: { error: words, why: '{{why}}', to: '{{to}}' },
  ...more,
})

/** How an API is imitated: a plain one that takes a form or JSON, with what a test wants to differ. */
export function imitation(changes: Written = {}): Written {
  return {
    paths: ['/v1/accounts/:account/messages'],
    methods: ['POST'],
    takes: ['form', 'json'],
    id: { prefix: 'ID', kind: 'hex', length: 8 },
    to: ['body.to'],
    from: ['body.from'],
    text: ['body.text'],
    checks: [
      {
        at: 'header.x-key',
        need: { credential: '^[a-z0-9-]{4,}$' },
        answer: 'unauthorized',
        words: 'X-Key is wrong',
      },
      { at: 'body.to', need: 'present', answer: 'missing', words: 'to is required' },
      { at: 'body.to', need: 'phone', answer: 'invalidNumber', words: 'to is no number' },
    ],
    rate: null,
    ...changes,
    answers: {
      accepted: { status: 201, words: 'Taken', body: { id: '{{id}}', to: '{{to}}' } },
      unauthorized: says(401, 'Who are you'),
      invalidNumber: says(400, 'No number'),
      optedOut: says(200, 'Opted out'),
      noCredit: says(402, 'No credit'),
      rateLimited: says(429, 'Too fast'),
      serverError: says(500, 'Broken'),
      missing: says(400, 'Something is missing'),
      ...((changes['answers'] ?? {}) as Written),
    },
  }
}

export function imitatedVendor(apis: Written[] = [imitation()], id = 'acme'): Vendor {
  return vendorSchema.parse({
    id,
    version: 1,
    name: 'Acme',
    initials: 'A',
    colour: '#102030',
    needs: 'A key',
    confidence: 'high',
    documentation: 'https://acme.example/docs',
    sources: ['test'],
    fields: [
      { key: 'key', label: 'Key', section: 'account', help: 'The key.', secret: true, required: true },
    ],
    codes: [],
    callbacks: null,
    apis: apis.map((simulated, index) => ({
      id: `api${index}`,
      label: `API ${index}`,
      request: {
        method: 'POST',
        endpoint: 'https://acme.example/v1/accounts/one/messages',
        auth: { kind: 'none' },
        body: { kind: 'form', rows: [{ name: 'to', value: '$$To' }] },
      },
      numberFormat: 'e164',
      success: { statusFrom: 200, statusTo: 299, body: { kind: 'none' } },
      reading: { messageId: 'id', errorCode: '', errorText: 'error' },
      simulated,
    })),
  })
}

export interface Asked {
  method?: string
  headers?: Record<string, string>
  /** A text as it is; an object as a form. */
  body?: string | Record<string, string>
}

export interface ImitatedServer {
  port: number
  desk: SimulatorDesk
  received: ReceivedMessage[]
  /** Milliseconds; a test moves it on. */
  time: { now: number }
  /** With the right key unless `headers` say otherwise; `json` is undefined where the answer is none. */
  ask(path: string, asked?: Asked): Promise<{ status: number; headers: Headers; text: string; json: unknown }>
  close(): Promise<void>
}

export async function startImitated(
  vendors: Vendor[],
  faults: SimulatorFaults = { seed: 1, faults: [] },
): Promise<ImitatedServer> {
  const received: ReceivedMessage[] = []
  const time = { now: Date.UTC(2026, 0, 2, 3, 4, 5, 678) }
  const desk = simulatorDesk({ vendors, received, faults, now: () => time.now })
  const server = await startSimulator(0, desk)
  const ask: ImitatedServer['ask'] = async (path, { method = 'POST', headers = {}, body } = {}) => {
    const sent = typeof body === 'object' ? new URLSearchParams(body) : body
    const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, {
      method,
      headers: 'X-KEY' in headers ? headers : { 'x-key': 'good', ...headers },
      ...(sent === undefined ? {} : { body: sent }),
      redirect: 'manual',
    })
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.includes('json') && text !== ''
    let json: unknown
    try {
      json = isJson ? JSON.parse(text) : undefined
    } catch {
      json = undefined
    }
    return { status: answer.status, headers: answer.headers, text, json }
  }
  return { port: server.port, desk, received, time, ask, close: () => server.close() }
}

/** Runs something against a vendor of one API, imitated with what is to differ from the plain one. */
export async function withImitated(
  changes: Written,
  run: (acme: ImitatedServer) => Promise<void>,
): Promise<void> {
  const acme = await startImitated([imitatedVendor([imitation(changes)])])
  try {
    await run(acme)
  } finally {
    await acme.close()
  }
}
