import type { OAuth2, ProviderSettings } from '#shared/settings.ts'
import { formRows } from '../../../helpers/settings.ts'
import { answering, type OutcomeCase } from '../../../helpers/outcome-cases.ts'

const nowhere = { endpoint: 'http://127.0.0.1:9/' }
const through = (port: number): ProviderSettings['connection'] => ({
  proxy: { kind: 'manual', address: `http://127.0.0.1:${port}`, username: '', password: '' },
  authorities: '',
})
const tokenFrom = (port: number): OAuth2 => ({
  kind: 'oauth2',
  tokenUrl: `http://127.0.0.1:${port}/token`,
  clientId: 'one',
  clientSecret: 'two',
  scope: '',
  credentialsIn: 'header',
  parameters: [],
})

/** What ends an attempt on this side, and on the way to proxies and token servers. */
export const own: OutcomeCase[] = [
  {
    name: 'a value that a header cannot hold',
    class: 'misconfigured',
    code: 'request_not_renderable',
    bytesOut: false,
    provoke: () => ({ ...nowhere, headers: [{ name: 'X-From', value: 'a\u0001b', enabled: true }] }),
    cause: 'X-From',
  },
  {
    name: 'a header that is never sent',
    class: 'misconfigured',
    code: 'request_not_renderable',
    bytesOut: false,
    provoke: async (stage) => ({
      ...(await answering(stage, '200 OK')),
      headers: [{ name: 'Expect', value: '100-continue', enabled: true }],
    }),
    cause: 'expect',
  },
  {
    name: 'a secret without a value',
    class: 'misconfigured',
    code: 'secret_missing',
    bytesOut: false,
    provoke: () => ({ ...nowhere, parameters: formRows({ to: '$$To', key: '{{secret:api-key}}' }) }),
    facts: { names: ['api-key'] },
    cause: 'api-key',
    next: 'settings',
  },
  {
    name: 'stopped before the first byte',
    class: 'cancelled',
    code: 'cancelled_before_sending',
    bytesOut: false,
    provoke: async (stage) => {
      const port = await stage.raw({ onConnect: () => stage.cancel() })
      return { endpoint: `https://127.0.0.1:${port}/` }
    },
  },
  {
    name: 'stopped while the answer is awaited',
    class: 'unknown',
    code: 'cancelled_after_sending',
    bytesOut: true,
    provoke: async (stage) => {
      const port = await stage.raw({ onRequest: () => stage.cancel() })
      return { endpoint: `http://127.0.0.1:${port}/` }
    },
    title: 'after the request went out',
  },
  {
    name: 'a proxy that does not open the way',
    class: 'unavailable',
    code: 'proxy_failed',
    bytesOut: false,
    provoke: async (stage) => ({
      endpoint: 'https://api.example.test/',
      connection: through(await stage.proxy({ answerToConnect: 'HTTP/1.1 503 Busy\r\n\r\n' })),
    }),
    title: '127.0.0.1:',
    cause: '503 Busy',
    next: 'permits the provider’s host',
  },
  {
    name: 'a proxy that wants other credentials',
    class: 'misconfigured',
    code: 'proxy_unauthorized',
    bytesOut: false,
    provoke: async (stage) => ({
      endpoint: 'https://api.example.test/',
      connection: through(await stage.proxy({ authorization: 'Basic x' })),
    }),
    title: '407',
    cause: '127.0.0.1:',
    next: 'user name and password',
  },
  {
    name: 'a token server that refuses the client',
    class: 'misconfigured',
    code: 'token_refused',
    bytesOut: false,
    provoke: async (stage) => ({
      ...nowhere,
      auth: tokenFrom(await stage.http(() => ({ status: 401, body: '{"error":"invalid_client"}' }))),
    }),
    title: '(401)',
    cause: 'invalid_client',
    next: '120 s',
  },
  {
    name: 'a token server that gives none',
    class: 'unavailable',
    code: 'token_unavailable',
    bytesOut: false,
    provoke: async (stage) => ({ ...nowhere, auth: tokenFrom(await stage.closedPort()) }),
    cause: 'refused the connection',
    next: 'Test the token',
  },
]
