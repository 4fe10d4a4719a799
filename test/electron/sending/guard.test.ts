import { describe, expect, it } from 'vitest'
import { checkAddress, checkUrl, RefusedAddressError } from '../../../electron/sending/guard.ts'
import { createOutgoing } from '../../../electron/sending/outgoing.ts'
import { renderRequest } from '../../../electron/sending/render/render.ts'
import { startRawServer } from '../../helpers/raw-server.ts'
import { settingsWith } from '../../helpers/settings.ts'

const refused = [
  '169.254.169.254',
  '169.254.0.1',
  '0.0.0.0',
  '100.100.100.200',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  'fe80::1',
  'fe80::1%eth0',
  'fd00:ec2::254',
  'ff02::1',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '64:ff9b::169.254.169.254',
  '2002:a9fe:a9fe::1',
  '168.63.129.16',
  '192.0.0.192',
  'fd20:ce::254',
  '64:ff9b:1::a9fe:a9fe',
  '::169.254.169.254',
  '::ffff:0:169.254.169.254',
  'not an address',
]

describe('the guard', () => {
  it.each(refused)('refuses %s', (address) => {
    expect(() => checkAddress(address)).toThrow(RefusedAddressError)
  })

  it.each(['127.0.0.1', '::1', '10.0.0.1', '192.168.1.1', '93.184.216.34', '2606:4700::1111'])(
    'lets %s pass',
    (address) => {
      expect(() => checkAddress(address)).not.toThrow()
    },
  )

  it.each(['ftp://example.test/', 'file:///etc/passwd', 'http://user:pass@example.test/'])(
    'refuses %s',
    (address) => {
      expect(() => checkUrl(new URL(address))).toThrow(RefusedAddressError)
    },
  )

  it('refuses a name that leads to the metadata service, whatever notation the endpoint uses', async () => {
    const outgoing = createOutgoing({
      lookup: () => Promise.resolve([{ address: '169.254.169.254', family: 4 }]),
    })
    for (const endpoint of [
      'http://innocent.example.test/',
      'http://2852039166/',
      'http://0xa9.254.169.254/',
    ]) {
      const sent = await send(outgoing, endpoint)
      expect(sent).toMatchObject({
        ok: false,
        error: { failure: 'refused address' },
        trace: { bytesOut: false },
      })
    }
    await outgoing.close()
  })

  it('connects to the very address that it checked, without looking the name up again', async () => {
    let lookups = 0
    const server = await startRawServer({
      onRequest: (socket) => socket.end('HTTP/1.1 204 No Content\r\n\r\n'),
    })
    const outgoing = createOutgoing({
      lookup: () => {
        lookups += 1
        return Promise.resolve([{ address: lookups === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }])
      },
    })
    const sent = await send(outgoing, `http://rebinding.example.test:${server.port}/`)
    expect(sent).toMatchObject({
      ok: true,
      answer: { status: 204 },
      trace: { timings: { remoteAddress: '127.0.0.1' } },
    })
    expect(lookups).toBe(1)
    await outgoing.close()
    await server.close()
  })
})

function send(outgoing: ReturnType<typeof createOutgoing>, endpoint: string) {
  const settings = settingsWith({ endpoint })
  const values = { To: '+14155550123', Body: 'hi' }
  const rendered = renderRequest(settings, { values, secretValue: () => '', userAgent: 'test' })
  return outgoing.send(rendered, { timeouts: settings.timeouts, fresh: true })
}
