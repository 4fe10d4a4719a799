import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ProviderSettings } from '#shared/settings.ts'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { reply, startRawServer } from '../../helpers/raw-server.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
beforeAll(async () => {
  test = await openTestWorkbench()
})
afterAll(() => test.close())

async function against(body: string, settings: Partial<ProviderSettings>) {
  const server = await startRawServer({ onRequest: (socket) => socket.write(reply('200 OK', body)) })
  const endpoint = `http://127.0.0.1:${server.port}/sms`
  const story = await test.call('messages.send', sendInput(providerInput({ endpoint, ...settings })))
  await server.close()
  return story
}

it('an answer is not waited for by a pattern that never ends', async () => {
  const success: ProviderSettings['success'] = {
    statusFrom: 200,
    statusTo: 299,
    body: { kind: 'matches', pattern: '^(a+)+$' },
  }
  const story = await against(`${'a'.repeat(40)}!`, { success })
  expect(onlyAttempt(story).outcome?.code).toBe('no_rule_reads_answer')
})

it.each([
  ['messages[0].id', '{"messages":[{"id":"abc"}]}', 'abc'],
  ['id', '{"id":12345678901234567890}', '12345678901234567890'],
  ['$[*].id', '[{"to":"1"},{"id":"z"}]', 'z'],
  ['//m:id', '<r xmlns:m="u"><m:id>\n  a&amp;1\n</m:id></r>', 'a&1'],
  ['~^OK (\\S+)', 'OK a-1', 'a-1'],
])('an answer’s id is read by its path, as it is written: %s', async (messageId, body, id) => {
  const story = await against(body, { reading: { messageId, errorCode: '', errorText: '' } })
  expect(story.providerMessageId).toBe(id)
})
