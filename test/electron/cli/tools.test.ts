import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { magicNumbers } from '#shared/simulator.ts'
import { simulatedToken } from '../../../electron/simulator/generic-provider.ts'
import { startHeadless, temporaryFolder } from '../../helpers/start-headless.ts'
import { startHttpServer } from '../../helpers/http-server.ts'
import { root, startProcess } from '../../helpers/start-process.ts'

let folder: string
beforeAll(async () => {
  folder = await temporaryFolder()
  const host = await startHeadless({ folder })
  await host.stop()
})
afterAll(() => rm(folder, { recursive: true }))

function run(args: string[], workspace = folder) {
  const env = { SMS_WORKBENCH_FOLDER: workspace }
  return startProcess(process.execPath, [join(root, 'out/main/cli.js'), ...args], { env }).ended
}

describe('simulate', () => {
  it('answers until it is stopped, and prints where and what', async () => {
    let tellTwo = () => {}
    const toldTwo = new Promise<void>((resolve) => (tellTwo = resolve))
    const app = await startHttpServer((_request, index) => {
      if (index === 1) tellTwo()
      return { status: 204 }
    })
    const started = startProcess(process.execPath, [
      join(root, 'out/main/cli.js'),
      'simulate',
      '--port',
      '0',
      '--callbacks',
      `http://127.0.0.1:${app.port}/receipts`,
      '--json',
    ])
    await started.line(/^}$/)
    const told = JSON.parse(started.stdout()) as {
      address: string
      endpoint: string
      magicNumbers: object[]
      vendors: { id: string; apis: { paths: string[] }[] }[]
    }
    const { address, endpoint, magicNumbers: listed } = told
    expect(listed).toHaveLength(magicNumbers.length)
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${simulatedToken}` },
      body: JSON.stringify({ to: magicNumbers[0]?.number, text: 'Hello' }),
    })
    expect(response.status).toBe(201)
    const path = told.vendors.find(({ id }) => id === 'twilio')?.apis[0]?.paths[0]
    expect(path).toBe('/twilio/2010-04-01/Accounts/:accountSid/Messages.json')
    const account = `AC${'0'.repeat(32)}`
    const sms = await fetch(address + path?.replace(':accountSid', account), {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${account}:${'a'.repeat(32)}`).toString('base64')}` },
      body: new URLSearchParams({ To: '+14155550123', From: '+15550001111', Body: 'Hello, Twilio' }),
    })
    expect([sms.status, await sms.json()]).toMatchObject([201, { sid: expect.stringMatching(/^SM/) }])
    await toldTwo
    await app.close()
    started.child.kill('SIGINT')
    const { code, stderr } = await started.ended
    expect(code).toBe(0)
    expect(stderr).toContain('"Hello"')
    expect(stderr).toContain('twilio +14155550123: "Hello, Twilio"')
    expect(stderr).toMatch(/twilio \+14155550123: receipt “sent” POST http:\S+\/receipts → answered with 204/)
    const said = app.received.map(({ body }) => new URLSearchParams(body).get('MessageStatus'))
    expect(said).toEqual(['sent', 'delivered'])
  })

  it('calls back to this machine alone', async () => {
    const { code, stderr } = await run(['simulate', '--callbacks', 'https://elsewhere.example.test/receipts'])
    expect([code, stderr]).toEqual([2, expect.stringContaining('Write an http address of this machine')])
  })
})

describe('doctor', () => {
  it('finds nothing wrong with a sound workspace, running or not', async () => {
    const alone = await run(['doctor', '--json'])
    const host = await startHeadless({ folder })
    const beside = await run(['doctor', '--json'])
    await host.stop()
    for (const { code, stdout } of [alone, beside]) {
      const { checks } = JSON.parse(stdout) as { checks: { name: string; state: string; says: string }[] }
      expect(checks.filter(({ state }) => state === 'fail')).toEqual([])
      expect(checks.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['Node', 'Store', 'Vault', 'Disk space']),
      )
      expect(code).toBe(0)
    }
  })

  it('says what is wrong, and exits with 8', async () => {
    const { code, stdout } = await run(['doctor'], join(root, 'package.json'))
    expect(code).toBe(8)
    expect(stdout).toMatch(/^fail\s+Workspace/m)
  })

  it('leaves no trace where there is no workspace yet', async () => {
    const workspace = join(folder, 'not-there')
    expect((await run(['doctor', '--workspace', workspace])).code).toBe(0)
    await expect(rm(workspace)).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

describe('help', () => {
  it('explains the exit codes', async () => {
    for (const args of [['--help'], ['send', '--help']]) {
      const { code, stdout } = await run(args)
      expect(code).toBe(0)
      expect(stdout).toContain('8  the workspace is in use')
    }
  })
})
