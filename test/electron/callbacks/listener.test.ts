import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { takePort } from '../../helpers/free-port.ts'
import { storeFile } from '../db/fixtures/damage.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'
import { providerInput } from '../../helpers/messages.ts'

let test: TestWorkbench
beforeEach(async () => {
  test = await openTestWorkbench({ host: 'headless', listenerPort: undefined as never })
})
afterEach(() => test.close())

const freePort = async () => {
  const { port, release } = await takePort()
  await release()
  return port
}

const configure = async (changes: object) => {
  const { settings } = await test.call('listener.status', undefined)
  return test.call('listener.configure', { ...settings, ...changes })
}

describe('the listener', () => {
  it('starts, stops, and runs again after a restart where it ran before', async () => {
    const port = await freePort()
    await configure({ port })
    expect(await test.call('listener.start', undefined)).toMatchObject({
      running: true,
      port,
      portTaken: false,
      address: `http://127.0.0.1:${port}`,
    })
    await test.reopen()
    while (!(await test.call('listener.status', undefined)).running) await new Promise(setImmediate)
    expect(await test.call('listener.stop', undefined)).toMatchObject({ running: false, port: null })
    await test.reopen()
    expect(await test.call('listener.status', undefined)).toMatchObject({ running: false })
    expect(test.events.some(({ name }) => name === 'listener.status')).toBe(true)
  })

  it('is stopped when that is asked for while it starts, and on its last port when it is moved meanwhile', async () => {
    const [first, second] = [await freePort(), await freePort()]
    await configure({ port: first })
    const starting = test.call('listener.start', undefined)
    await test.call('listener.stop', undefined)
    await starting
    expect(await test.call('listener.status', undefined)).toMatchObject({ running: false, port: null })

    const again = test.call('listener.start', undefined)
    await configure({ port: second })
    await again
    expect(await test.call('listener.status', undefined)).toMatchObject({ running: true, port: second })
    expect((await fetch(`http://127.0.0.1:${second}/`)).status).toBe(404)
    await test.call('listener.stop', undefined)
    await expect(fetch(`http://127.0.0.1:${second}/`)).rejects.toThrow()
  })

  it('takes the next port where its own is in use, and says so', async () => {
    const other = await takePort()
    await configure({ port: other.port })
    const status = await test.call('listener.start', undefined)
    expect(status).toMatchObject({ running: true, portTaken: true })
    expect(status.port).not.toBe(other.port)
    await other.release()
  })

  it('moves to another port while it runs, and back', async () => {
    const [first, second] = [await freePort(), await freePort()]
    await configure({ port: first })
    await test.call('listener.start', undefined)
    expect(await configure({ port: second })).toMatchObject({ running: true, port: second })
    await expect(fetch(`http://127.0.0.1:${first}/`)).rejects.toThrow()
    expect((await fetch(`http://127.0.0.1:${second}/`)).status).toBe(404)
  })

  it('shows each provider’s address, by the public base where there is one; a renewed one takes nothing', async () => {
    const provider = providerInput()
    await test.call('providers.save', provider)
    await configure({ port: await freePort() })
    const { address } = await test.call('listener.start', undefined)
    const before = await test.call('callbacks.address', { providerId: provider.id })
    expect(before).toMatchObject({ local: expect.stringMatching(`^${address}/c/[\\w-]{32}$`), public: null })
    await configure({ publicUrl: 'https://abc.example.net/hooks/' })
    const shown = await test.call('callbacks.address', { providerId: provider.id })
    expect(shown.public).toBe(before.local.replace(address ?? '', 'https://abc.example.net/hooks'))
    const after = await test.call('callbacks.renewAddress', { providerId: provider.id })
    expect(after.local).not.toBe(before.local)
    expect((await fetch(before.local, { method: 'POST', body: 'a=1' })).status).toBe(404)
    expect((await fetch(after.local, { method: 'POST', body: 'a=1' })).status).toBe(200)
  })

  it('answers for a provider that was deleted that it is gone, and keeps what comes', async () => {
    const provider = providerInput({}, { name: 'Gone' })
    await test.call('providers.save', provider)
    await configure({ port: await freePort() })
    await test.call('listener.start', undefined)
    const { local } = await test.call('callbacks.address', { providerId: provider.id })
    expect((await fetch(local, { method: 'POST', body: 'a=1' })).status).toBe(200)
    await test.call('providers.delete', { id: provider.id, name: 'Gone' })
    expect((await fetch(local, { method: 'POST', body: 'a=1' })).status).toBe(410)
    const { callbacks } = await test.call('callbacks.list', {
      providerId: null,
      kind: null,
      effects: [],
      troubled: true,
      search: '',
      cursor: null,
      limit: 10,
    })
    expect(callbacks.map(({ trouble }) => trouble)).toEqual(['deleted_provider'])
  })
})

it('gives an address to a provider that was made before there were any', async () => {
  const provider = providerInput()
  await test.call('providers.save', provider)
  await test.workbench.close()
  const { default: Sqlite } = await import('better-sqlite3')
  const db = new Sqlite(storeFile(test.folder))
  db.exec('DELETE FROM callback_addresses')
  db.close()
  await test.reopen()
  const file = new Sqlite(storeFile(test.folder), { readonly: true })
  expect(file.prepare('SELECT provider_id FROM callback_addresses').pluck().all()).toEqual([provider.id])
  file.close()
})
