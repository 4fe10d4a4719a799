import { afterEach, beforeEach, expect, it } from 'vitest'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { authority, startHttpServer, type HttpServer } from '../../helpers/http-server.ts'
import { listen } from '../../helpers/listen.ts'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { headerRows } from '../../helpers/settings.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
let secure: HttpServer
let proxy: Awaited<ReturnType<typeof listen>>
/** All values of the header, of each request that the proxy saw. */
let seen: (string[] | undefined)[]

beforeEach(async () => {
  seen = []
  test = await openTestWorkbench()
  secure = await startHttpServer(() => ({}), 'trusted')
  const answer: RequestListener = (request, response) => {
    seen.push(request.headersDistinct['proxy-authorization'])
    response.end('{}')
  }
  const server = createServer(answer).on('connect', (request, socket) => {
    seen.push(request.headersDistinct['proxy-authorization'])
    const target = connect(secure.port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      target.pipe(socket).pipe(target)
    })
    for (const end of [target, socket]) end.on('error', () => {})
  })
  proxy = await listen(server)
})
afterEach(async () => {
  await Promise.all([secure.close(), proxy.close()])
  await test.close()
})

it.each([
  ['http', 'u', [`Basic ${btoa('u:p')}`]],
  ['https', 'u', [`Basic ${btoa('u:p')}`]],
  ['http', '', undefined],
  ['https', '', undefined],
])('over %s, with the proxy’s user “%s”, only the proxy’s own credentials go', async (scheme, user, own) => {
  const credentials = { username: user, password: user && 'p' }
  const address = `http://127.0.0.1:${proxy.port}`
  const input = providerInput({
    endpoint: `${scheme}://api.example.test:${secure.port}/`,
    headers: headerRows({ 'proxy-Authorization': 'Basic of-the-user', 'X-Other': 'stays' }),
    connection: { proxy: { kind: 'manual', address, ...credentials }, authorities: authority },
  })
  const attempt = onlyAttempt(await test.call('messages.send', sendInput(input)))
  expect(attempt.outcome?.code).toBe('accepted')
  expect(seen).toEqual([own])
  for (const { headers } of secure.received) expect(headers).not.toHaveProperty('proxy-authorization')
  const names = attempt.request?.headers.map(({ name }) => name)
  expect(names).toContain('X-Other')
  expect(names).not.toContain('proxy-Authorization')
})
