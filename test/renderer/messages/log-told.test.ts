import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import { everyMessage } from '../../../renderer/features/messages/message-filter.ts'
import { useMessageLog } from '../../../renderer/features/messages/log-store.ts'
import { FakeLog, settled } from './fake-log.ts'

let host: FakeLog
beforeEach(() => {
  host = new FakeLog()
  setActivePinia(createPinia())
})

async function opened() {
  const log = useMessageLog()
  await log.open(everyMessage)
  await settled()
  return log
}

test('a new message that changes while the list with it is on its way is shown as it came to be', async () => {
  host.add(5)
  const log = await opened()
  host.hold()
  host.send({ state: 'sending' })
  await settled()
  host.change('m6', { state: 'sent' })
  await host.release()
  expect(log.ids[0]).toBe('m6')
  expect(log.rows.get('m6')?.state).toBe('sent')
})

test('what is told of while an answer is on its way is not put back by that answer', async () => {
  host.add(5, { state: 'sending' })
  const log = await opened()
  host.hold()
  host.tell('host.resync')
  await settled()
  host.change('m5', { state: 'sent' })
  await host.release()
  expect(log.rows.get('m5')?.state).toBe('sent')
})
