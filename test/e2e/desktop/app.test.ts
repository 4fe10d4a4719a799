import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import type { Page } from 'playwright-core'
import type { Bridge } from '#shared/bridge.ts'
import type { CommandName } from '#shared/contract.ts'
import type { Outcome } from '#shared/errors.ts'
import type { MessageStory } from '#shared/message.ts'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { fillProvider } from '../../helpers/page.ts'
import { launchApp, openFolder, startOnly, type ConnectedApp } from './launch-app.ts'

const packaged = inject('packaged')

/** Calls as the page does, over the preload and IPC. */
function call(page: Page, name: CommandName, input?: unknown): Promise<Outcome<unknown>> {
  return page.evaluate(
    ([command, given]) =>
      (window as unknown as { workbench: Bridge }).workbench.call(command as CommandName, given),
    [name, input] as const,
  )
}

describe.skipIf(!packaged)('the packaged app', () => {
  let home: string
  let workspace: string
  const launch = () => launchApp(packaged!, home, [`--workspace=${workspace}`])
  beforeEach(() => {
    home = openFolder()
    workspace = join(home, 'workspace')
  })
  afterEach(() => rmSync(home, { recursive: true, force: true }))

  it('shows its page, answers its commands and tells it what happens', async () => {
    const app = await launch()
    await app.page.getByRole('navigation', { name: 'Pages' }).waitFor()
    expect(new URL(app.page.url()).host).toBe('workbench')
    expect(await call(app.page, 'app.info')).toMatchObject({
      ok: true,
      value: { host: 'desktop', workspace },
    })
    expect(await call(app.page, 'no.such' as CommandName)).toMatchObject({ error: { code: 'not_found' } })
    const heard = app.page.evaluate(
      () =>
        new Promise((resolve) => {
          const off = (window as unknown as { workbench: Bridge }).workbench.on((event) => {
            off()
            resolve(event)
          })
        }),
    )
    await call(app.page, 'app.prefer', { testNumber: '+14155550123' })
    expect(await heard).toMatchObject({ name: 'app.preferences', payload: { testNumber: '+14155550123' } })
    expect(await app.close()).toEqual({ code: 0, signal: null })
  })

  it('keeps a provider that was typed into its form, secret and all, over a restart', async () => {
    const first = await launch()
    await fillProvider(first.page, 'Gateway', 'http://127.0.0.1:9/send', 'a secret of the tests')
    await first.page.getByRole('button', { name: 'Save', exact: true }).click()
    await first.page.getByText('Provider saved').waitFor()
    await first.close()
    const second = await launch()
    await second.page.getByRole('cell', { name: 'Gateway' }).first().waitFor()
    const list = await call(second.page, 'providers.list')
    const [provider] = list.ok ? (list.value as { id: string; name: string }[]) : []
    expect(provider).toMatchObject({ name: 'Gateway' })
    const secrets = await call(second.page, 'providers.get', { id: provider!.id })
    expect(secrets).toMatchObject({ value: { secrets: [{ state: 'set' }] } })
    await second.close()
    expect(readFileSync(join(workspace, 'workbench.sqlite'), 'latin1')).not.toContain('a secret of the tests')
  })

  it('says that there is no keychain, and uses a key file of its owner’s', async () => {
    const app = await launch()
    const status = await call(app.page, 'vault.status')
    expect(status).toMatchObject({ value: { kind: 'key file', state: 'open' } })
    expect(status.ok && (status.value as { reason: string }).reason).toContain('keychain')
    expect(statSync(workspace).mode & 0o077).toBe(0)
    await app.close()
  })

  it('sends through the proxy that the desktop names, and to this machine directly', async () => {
    const app = await launchApp(packaged!, home, [`--workspace=${workspace}`, '--proxy-server=127.0.0.1:9'])
    const outcomeAt = async (endpoint: string) => {
      const sent = await call(app.page, 'messages.send', sendInput(providerInput({ endpoint })))
      return sent.ok ? onlyAttempt(sent.value as MessageStory).outcome : sent.error
    }
    expect(await outcomeAt('http://gateway.test/send')).toMatchObject({
      class: 'unavailable',
      code: 'proxy_failed',
      facts: { proxy: '127.0.0.1:9', host: 'gateway.test' },
    })
    expect(await outcomeAt('http://127.0.0.1:9/send')).toMatchObject({ code: 'connection_refused' })
    await app.close()
  })

  it('opens where its window stood, on a screen that is there', async () => {
    const placeOf = (page: Page) =>
      page.evaluate(() => ({ x: screenX, y: screenY, width: outerWidth, height: outerHeight }))
    const first = await launch()
    await first.close()
    const file = join(workspace, 'window.json')
    const place = { x: 50, y: 60, width: 1000, height: 700, maximised: false }
    writeFileSync(file, JSON.stringify(place))
    const second = await launch()
    expect(await placeOf(second.page)).toEqual({ x: 50, y: 60, width: 1000, height: 700 })
    await second.close()
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(place)
    writeFileSync(file, JSON.stringify({ ...place, x: 9000, y: 9000, width: 10, height: 10 }))
    const third = await launch()
    const mended = await placeOf(third.page)
    expect(mended).toMatchObject({ width: 900, height: 600 })
    expect(mended.x).toBeLessThan(1440)
    await third.close()
  })

  it('runs once per workspace: a second start ends and leaves the first as it is', async () => {
    const app = await launch()
    const command = [packaged!.executable, '--no-sandbox', '--disable-gpu', `--workspace=${workspace}`]
    const second = await startOnly(packaged!, home, command)
    expect(await second.ended).toEqual({ code: 0, signal: null })
    expect(await call(app.page, 'app.info')).toMatchObject({ ok: true })
    await app.close()
  })

  it('closes in order when it is told to end, and starts again after it was killed', async () => {
    const first = await launch()
    process.kill(first.pid, 'SIGKILL')
    expect((await first.ended).signal).toBe('SIGKILL')
    const second = await launch()
    expect(await call(second.page, 'app.info')).toMatchObject({ ok: true })
    process.kill(second.pid, 'SIGTERM')
    expect(await second.ended).toEqual({ code: 0, signal: null })
    for (const left of ['running.json', 'door.sock'])
      expect(existsSync(join(workspace, left)), left).toBe(false)
  })
})

describe.skipIf(!packaged)('the page in the packaged app', () => {
  let app: ConnectedApp
  let home: string
  beforeAll(async () => {
    home = openFolder()
    app = await launchApp(packaged!, home, [`--workspace=${join(home, 'workspace')}`])
    await app.page.getByRole('navigation', { name: 'Pages' }).waitFor()
  })
  afterAll(async () => {
    await app?.close()
    if (home) rmSync(home, { recursive: true, force: true })
  })

  it('has nothing of Node, and of the workbench just a call and a listener', async () => {
    const reach = await app.page.evaluate(() => ({
      node: ['process', 'require', 'module', 'global', 'Buffer', '__dirname', 'electron'].filter(
        (name) => name in window,
      ),
      bridge: Object.keys((window as unknown as { workbench: object }).workbench),
      frozen: Object.isFrozen((window as unknown as { workbench: object }).workbench),
    }))
    expect(reach).toEqual({ node: [], bridge: ['call', 'on'], frozen: true })
  })

  it.each([
    'https://example.com/',
    'http://127.0.0.1:9/',
    'file:///etc/passwd',
    'app://evil/',
    'data:text/html,x',
  ])('cannot leave for %s', async (address) => {
    await app.page.evaluate((url) => void (location.href = url), address)
    expect(await call(app.page, 'app.info')).toMatchObject({ ok: true })
    expect(new URL(app.page.url()).host).toBe('workbench')
  })

  it('opens no window and shows no frame', async () => {
    expect(await app.page.evaluate(() => window.open('https://example.com/'))).toBeNull()
    expect(await app.page.evaluate(() => window.open('app://workbench/'))).toBeNull()
    const refused = await app.page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
            once: true,
          })
          const frame = document.createElement('iframe')
          frame.src = 'app://workbench/'
          document.body.append(frame)
        }),
    )
    expect(refused).toBe('frame-src')
  })

  it('is granted no permission', async () => {
    const granted = await app.page.evaluate(async () => {
      const names = [
        'geolocation',
        'notifications',
        'microphone',
        'camera',
        'clipboard-read',
      ] as PermissionName[]
      const states = await Promise.all(names.map((name) => navigator.permissions.query({ name })))
      return states.map((status) => status.state).filter((state) => state === 'granted')
    })
    expect(granted).toEqual([])
  })

  it('runs no script that was written into it', async () => {
    const refused = await app.page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
            once: true,
          })
          const script = document.createElement('script')
          script.textContent = 'window.written = true'
          document.body.append(script)
        }),
    )
    expect(refused).toBe('script-src-elem')
    expect(await app.page.evaluate(() => 'written' in window)).toBe(false)
  })

  it('reaches no network: the policy refuses, and so does the host where the policy is bypassed', async () => {
    // Something that surely answers where the app runs: its own debugging port.
    const port = /ws:\/\/127\.0\.0\.1:(\d+)/.exec(app.output())![1]!
    const address = `http://127.0.0.1:${port}/json/version`
    const reach = () =>
      app.page.evaluate((url) => fetch(url, { mode: 'no-cors' }).then(String, String), address)
    const errors: string[] = []
    app.page.on('console', (line) => errors.push(line.text()))
    expect(await reach()).toContain('TypeError')
    expect(errors.join('\n')).toContain('Content Security Policy')
    const tools = await app.page.context().newCDPSession(app.page)
    await tools.send('Page.setBypassCSP', { enabled: true })
    await app.page.reload()
    errors.length = 0
    expect(await reach()).toContain('TypeError')
    expect(errors.join('\n')).toContain('ERR_BLOCKED_BY_CLIENT')
  })
})
