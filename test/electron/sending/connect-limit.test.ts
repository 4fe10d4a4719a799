import { afterEach, expect, it } from 'vitest'
import { openConnection, systemNetwork, type ConnectPhases } from '../../../electron/sending/connect.ts'
import { startRawServer, type RawServer } from '../../helpers/raw-server.ts'

let proxy: RawServer
afterEach(() => proxy.close())

const later = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Through a proxy whose name takes its time to be found, and which takes its time to open the way. */
async function connect(connectMs: number) {
  proxy = await startRawServer({
    onRequest: (socket) => void later(300).then(() => socket.write('HTTP/1.1 200 OK\r\n\r\n')),
  })
  const lookup = () => later(300).then(() => [{ address: '127.0.0.1', family: 4 }])
  const phases: ConnectPhases = {
    startedAt: performance.now(),
    lookedUpAt: null,
    connectedAt: null,
    tunneledAt: null,
    securedAt: null,
    remoteAddress: null,
    brokenBy: null,
  }
  const at = { hostname: 'proxy.test', port: proxy.port, secure: false }
  const route = { key: '', secureContext: null, proxy: { ...at, authorization: null, label: 'proxy.test' } }
  const target = { hostname: 'api.test', port: 443, secure: true }
  const limits = { connectMs, tlsMs: 50 }
  const failure = await openConnection(target, limits, { ...systemNetwork, lookup }, phases, route).catch(
    (error: unknown) => error,
  )
  return { failure, phases }
}

it('look-up, connection and tunnel share one connect time-out', async () => {
  const { failure, phases } = await connect(450)
  expect(failure).toMatchObject({ timeout: { name: 'connect', ms: 450 } })
  expect(phases.connectedAt).not.toBeNull()
})

it('and have the whole of it', async () => {
  const { failure, phases } = await connect(5000)
  expect(failure).toMatchObject({ timeout: { name: 'tls' } })
  expect(phases.tunneledAt).not.toBeNull()
})
