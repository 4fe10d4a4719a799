import { randomUUID } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { reply, startRawServer, type RawServer } from '../../helpers/raw-server.ts'
import { formRows, headerRows } from '../../helpers/settings.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
let server: RawServer
let answer: (request: string) => string | null

beforeAll(async () => {
  test = await openTestWorkbench()
  server = await startRawServer({
    onRequest: (socket, request) => {
      const bytes = answer(request)
      if (bytes !== null) socket.write(bytes)
    },
  })
})
beforeEach(() => {
  answer = () => reply('201 Created', '{"id":"x1"}', ['Content-Type: application/json'])
})
afterAll(async () => {
  await test.close()
  await server.close()
})

const endpoint = () => `http://127.0.0.1:${server.port}/v1/sms`

describe('secrets of a message', () => {
  it('keeps secrets out of everything that is stored or told, and reveals them on request', async () => {
    const secret = `canary-${randomUUID()}`
    answer = (request) => reply('401 No', `{"echo":"${/X-Key: (.*)\r/.exec(request)?.[1]}"}`)
    const provider = providerInput(
      {
        endpoint: `${endpoint()}/{{secret:key}}`,
        auth: { kind: 'basic', username: 'me', password: '{{secret:key}}' },
        headers: headerRows({ 'X-Key': '{{secret:key}}' }),
        parameters: formRows({ to: '$$To', text: '$$Body', key: '{{secret:key}}' }),
      },
      { secrets: { key: secret } },
    )
    await test.call('providers.save', provider)
    const story = await test.call('messages.send', sendInput(provider.id))
    expect(server.received.at(-1)).toContain(secret)
    const attempt = onlyAttempt(story)
    const revealed = await test.call('messages.revealRequest', { attemptId: attempt.id })
    const basic = Buffer.from(`me:${secret}`).toString('base64')
    expect(revealed.headers).toContainEqual({ name: 'Authorization', value: [`Basic ${basic}`] })
    expect(revealed.url).toEqual([`${endpoint()}/${secret}`])
    const told = JSON.stringify([story, test.events, await test.call('providers.get', { id: provider.id })])
    const files = readdirSync(test.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    for (const form of [secret, basic]) {
      expect(told).not.toContain(form)
      for (const file of files) expect(file).not.toContain(form)
    }
  })

  it('takes a secret out of the whole answer, also where it is long, in the status line and in header names', async () => {
    const secret = `canary-${randomUUID()}`
    const long = `${'x'.repeat(995)}${secret}`
    const body = JSON.stringify({ id: long, error: long })
    answer = () =>
      reply(`401 bad ${secret}`, body, [`X-${secret}: 1`, `Location: /${'y'.repeat(490)}${secret}`])
    const provider = providerInput(
      {
        endpoint: endpoint(),
        headers: headerRows({ 'X-Key': '{{secret:key}}' }),
        reading: { messageId: 'id', errorCode: '', errorText: 'error' },
      },
      { secrets: { key: secret } },
    )
    const story = await test.call('messages.send', sendInput(provider))
    expect(onlyAttempt(story)).toMatchObject({ outcome: { code: 'unauthorized' }, response: { status: 401 } })
    // Not even the beginning of it is left where a text was cut.
    expect(JSON.stringify(story)).not.toContain('canary-')
  })

  it('reveals what was typed in a draft without ever storing it', async () => {
    const draft = providerInput(
      { endpoint: endpoint(), auth: { kind: 'bearer', token: '{{secret:t}}' } },
      { secrets: { t: 'draft-secret' } },
    )
    const story = await test.call('messages.send', sendInput(draft))
    expect(JSON.stringify(story)).not.toContain('draft-secret')
    const { headers } = await test.call('messages.revealRequest', { attemptId: onlyAttempt(story).id })
    expect(headers).toContainEqual({ name: 'Authorization', value: ['Bearer draft-secret'] })
  })
})
