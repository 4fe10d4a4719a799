import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Sessions } from '../../../electron/headless/session.ts'
import { openSession, startHeadless, type Headless } from '../../helpers/start-headless.ts'

describe('a session', () => {
  let host: Headless
  beforeAll(async () => {
    host = await startHeadless()
  })
  afterAll(() => host.remove())

  const post = (path: string, body: unknown, cookie = '') =>
    fetch(`${host.origin}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) },
      body: JSON.stringify(body),
    })

  it('is opened with the printed token, by a cookie that scripts and other sites cannot have', async () => {
    const response = await post('/session', { token: host.token })
    expect(response.status).toBe(200)
    const cookie = response.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(new RegExp(`^sms-workbench-${host.port}=`))
    expect(cookie).toContain('HttpOnly')
    expect(cookie).toContain('SameSite=Strict')
    expect(cookie).toContain('Path=/')
    expect(cookie).not.toContain(host.token)
  })

  it.each([[''], ['x'], [null], [12], [{}], [['a']], [undefined]])('is not opened with %j', async (token) => {
    const response = await post('/session', { token })
    expect(response.status).toBe(401)
    expect(response.headers.get('set-cookie')).toBeNull()
  })

  it('is not opened with a token that is nearly right', async () => {
    for (const token of [host.token.slice(1), `${host.token}x`, host.token.toUpperCase(), ` ${host.token}`]) {
      expect((await post('/session', { token })).status).toBe(401)
    }
  })

  it('is needed for every command and for the events', async () => {
    const good = await host.cookie()
    const [name = '', value = ''] = good.split('=')
    const [until = '', signature = ''] = value.split('.')
    const forged = [
      '',
      `${name}=`,
      `${name}=${until}`,
      `${name}=${until}.`,
      `${name}=${Number(until) + 1}.${signature}`,
      `${name}=.${signature}`,
      `${name}=${until}.${signature.slice(0, -1)}`,
      `${name}x=${value}`,
      `x${name}=${value}`,
    ]
    for (const cookie of forged) {
      const command = await post('/rpc', { name: 'app.info' }, cookie)
      expect(command.status, cookie).toBe(401)
      expect(await command.json()).toMatchObject({ ok: false, error: { code: 'unauthorized' } })
      expect((await fetch(`${host.origin}/events`, { headers: { cookie } })).status, cookie).toBe(401)
    }
    expect((await post('/rpc', { name: 'app.info' }, `other=1; ${good}; more=2`)).status).toBe(200)
  })

  it('lets an unknown command and a wrong input answer as handled commands', async () => {
    const cookie = await host.cookie()
    for (const body of [
      { name: 'no.such' },
      { name: '__proto__' },
      { name: 'toString' },
      {},
      null,
      [],
      'x',
    ]) {
      const response = await post('/rpc', body, cookie)
      expect(response.status).toBe(200)
      expect(await response.json()).toMatchObject({ ok: false, error: { code: 'not_found' } })
    }
    const wrong = await post('/rpc', { name: 'providers.get', input: { id: 1 } }, cookie)
    expect(await wrong.json()).toMatchObject({ ok: false, error: { code: 'invalid_input' } })
  })
})

describe('the signing key', () => {
  const folders: string[] = []
  afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })))

  function newFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'sms-workbench-test-'))
    folders.push(folder)
    return folder
  }

  it('lies in the workspace for its owner only, and keeps a page signed in over a restart', async () => {
    const folder = newFolder()
    const first = await startHeadless({ folder })
    const cookie = await first.cookie()
    if (process.platform !== 'win32') expect(statSync(join(folder, 'session.key')).mode & 0o777).toBe(0o600)
    await first.stop()
    const second = await startHeadless({ folder, port: first.port })
    const response = await fetch(`${second.origin}/rpc`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ name: 'app.info' }),
    })
    expect(response.status).toBe(200)
    await expect(openSession(second.origin, first.token)).rejects.toThrow('401')
    await second.stop()
  })

  it('is made anew when it was cut short, and older cookies are worth nothing then', () => {
    const folder = newFolder()
    const before = new Sessions(folder, 1)
    const cookie = before.open(before.newToken())!
    writeFileSync(join(folder, 'session.key'), 'short')
    const after = new Sessions(folder, 1)
    expect(readFileSync(join(folder, 'session.key'))).toHaveLength(32)
    expect(before.isOpen(cookie)).toBe(true)
    expect(after.isOpen(cookie)).toBe(false)
  })

  it('makes cookies for one port and for thirty days', () => {
    const folder = newFolder()
    let now = Date.now()
    const sessions = new Sessions(folder, 1, () => now)
    const cookie = sessions.open(sessions.newToken())!.split(';')[0]!
    expect(sessions.isOpen(cookie)).toBe(true)
    const other = new Sessions(folder, 2, () => now)
    expect(other.isOpen(cookie)).toBe(false)
    expect(other.isOpen(cookie.replace('-1=', '-2='))).toBe(false)
    now += 31 * 86_400_000
    expect(sessions.isOpen(cookie)).toBe(false)
  })

  it('keeps the printed token good however many fresh ones were asked for', () => {
    const sessions = new Sessions(newFolder(), 1)
    const [printed, second] = [sessions.newToken(), sessions.newToken()]
    for (let more = 0; more < 100; more++) sessions.newToken()
    expect(sessions.open(printed)).not.toBeNull()
    expect(sessions.open(second)).toBeNull()
  })
})
