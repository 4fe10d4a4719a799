import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { verdictOf } from '#shared/verdict.ts'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { openTestWorkbench } from '../../helpers/workbench.ts'

// Made for this test: nobody vouches for it, and nothing else uses it.
const pem = readFileSync(join(import.meta.dirname, '../../fixtures/self-signed.pem'))

afterEach(() => {
  delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
})

it.each([undefined, '0'])(
  'a certificate that nobody vouches for is refused, also with NODE_TLS_REJECT_UNAUTHORIZED=%s',
  async (value) => {
    if (value !== undefined) process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = value
    let requests = 0
    const server = createServer({ key: pem, cert: pem }, (_request, response) => {
      requests += 1
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const test = await openTestWorkbench()
    const endpoint = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const attempt = onlyAttempt(await test.call('messages.send', sendInput(providerInput({ endpoint }))))
    const { outcome } = attempt
    expect(outcome).toMatchObject({
      class: 'unavailable',
      code: 'tls_failed',
      facts: { systemCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    })
    expect(outcome && verdictOf(outcome).cause).toContain('self-signed')
    expect([attempt.bytesOut, requests]).toEqual([false, 0])
    await test.close()
    server.close()
  },
)
