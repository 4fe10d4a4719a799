import { request } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { genericSimulatorPath, type ReceivedMessage } from '#shared/simulator.ts'
import { bodyFields } from '../../../electron/simulator/body-fields.ts'
import { startSimulator, type SimulatorServer } from '../../../electron/simulator/server.ts'
import { simulatorDesk } from '../../helpers/simulator-desk.ts'

let server: SimulatorServer
const received: ReceivedMessage[] = []
beforeAll(async () => {
  server = await startSimulator(0, simulatorDesk({ received }))
})
beforeEach(() => received.splice(0))
afterAll(() => server.close())

const form = 'application/x-www-form-urlencoded'

function post(headers: Record<string, string>, body = 'to=%2B15005550006&text=hi'): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port: server.port, path: genericSimulatorPath, method: 'POST', headers },
      (answer) => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
      },
    )
    asked.on('error', reject)
    asked.end(body)
  })
}

describe('the simulated provider', () => {
  it.each([
    { host: 'evil.example' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
  ])('takes nothing from a page on the web: %j', async (headers) => {
    expect(await post({ 'content-type': form, ...(headers as Record<string, string>) })).toBe(403)
    expect(received).toEqual([])
  })

  it('takes what comes from this machine, by each of its names', async () => {
    for (const name of ['127.0.0.1', 'localhost', '[::1]'])
      expect(await post({ 'content-type': form, host: `${name}:${server.port}` })).toBe(201)
  })

  it('answers whatever character references name', async () => {
    const body = '<m><to>+15005550006</to><text>&#99999999;&#x110000;&#65;</text></m>'
    expect(await post({ 'content-type': 'text/xml' }, body)).toBe(201)
    expect(received[0]?.text).toBe('&#99999999;&#x110000;A')
  })
})

describe('reading a body', () => {
  it('goes by the type itself, not by its parameters', () => {
    expect(bodyFields('text/plain;xml', '<to>1</to>')).toEqual({})
    const body = '<s:m><s:to a="b">1</s:to><text><![CDATA[x & y]]></text><from/></s:m>'
    expect(bodyFields('text/xml; charset=utf-8', body)).toEqual({ to: '1', a: 'b', text: 'x & y' })
    expect(bodyFields('text/xml', '<m><to>1</to>')).toEqual({})
  })

  it.each(['<' + 'a'.repeat(250_000), '<a>'.repeat(80_000), '<a '.repeat(80_000), '</a>'.repeat(60_000)])(
    'takes no longer than its length',
    (body) => {
      const started = performance.now()
      bodyFields('text/xml', body)
      expect(performance.now() - started).toBeLessThan(500)
    },
  )
})
