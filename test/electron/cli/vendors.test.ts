import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { temporaryFolder } from '../../helpers/start-headless.ts'
import { root, startProcess } from '../../helpers/start-process.ts'

let folder: string
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => rm(folder, { recursive: true }))

const token = '0123456789abcdef0123456789abcdef'
const sid = `AC${token}`

function run(
  args: string[],
  { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {},
) {
  const program = [join(root, 'out/main/cli.js'), 'providers', ...args]
  const all = { SMS_WORKBENCH_FOLDER: join(folder, 'workspace'), ...env }
  return startProcess(process.execPath, program, { env: all, input }).ended
}

const typed = ['--field', `accountSid= ${sid} `, '--field', 'from=+15550001111']
const add = (...more: string[]) => ['add', '--vendor', 'twilio', ...typed, ...more]

it('lists the catalogue, and what a vendor asks for', async () => {
  const { code, stdout } = await run(['vendors', '--json'])
  expect(code).toBe(0)
  expect((JSON.parse(stdout) as { id: string }[]).map(({ id }) => id)).toContain('twilio')
  expect((await run(['vendors'])).stdout).toMatch(/^twilio +Twilio +/m)
  const asked = (await run(['vendors', 'twilio'])).stdout
  expect(asked).toMatch(/^--field accountSid=… +yes +Account SID: /m)
  expect(asked).toMatch(/^--secret authToken=- +/m)
  const unknown = await run(['vendors', 'nobody'])
  expect(unknown).toMatchObject({ code: 2, stdout: '' })
  expect(unknown.stderr).toContain('The catalogue has no vendor “nobody”.')
})

it('makes a provider, its secret read from the standard input', async () => {
  const made = await run(add('--name', 'Mine', '--secret', 'authToken=-', '--json'), { input: `${token}\n` })
  expect(made).toMatchObject({ code: 0, stderr: '' })
  expect(JSON.parse(made.stdout)).toMatchObject({
    name: 'Mine',
    kind: 'twilio',
    vendor: { fields: { accountSid: sid } },
    settings: { endpoint: `https://api.twilio.com/2010-04-01/Accounts/${sid}/Messages.json` },
    secrets: [{ name: 'authToken', state: 'set' }],
  })
  const shown = await run(['show', 'Mine'])
  expect(shown.stdout).toMatch(/^Kind +twilio/m)
  expect(shown.stdout).toContain(`accountSid = ${sid}`)
  expect((await run(['list'])).stdout).toMatch(/^Mine \(default\) +twilio +api\.twilio\.com/m)
})

it('makes one that points at the simulator, its secret read from the environment', async () => {
  const args = add('--simulated', '--secret', 'authToken=env:TOKEN', '--json')
  const { code, stdout } = await run(args, { env: { TOKEN: token } })
  expect(code).toBe(0)
  const { settings, simulated, name } = JSON.parse(stdout)
  expect({ simulated, name }).toEqual({ simulated: true, name: 'Twilio' })
  expect(settings.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/twilio\/2010-04-01\//)
})

it('carries it to another workspace through a file', async () => {
  const file = join(folder, 'mine.json')
  expect((await run(['export', 'Mine', '--output', file])).code).toBe(0)
  const other = { env: { SMS_WORKBENCH_FOLDER: join(folder, 'other') } }
  const { code, stdout } = await run(['import', file], other)
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'added: Mine\nto be entered for Mine: Auth Token\n' })
  expect((await run(['show', 'Mine'], other)).stdout).toMatch(/^Kind +twilio/m)
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ secrets: null })
})

it.each([
  [['--secret', `authToken=${token}`], 'Secrets are not written in a command'],
  [['--secret', 'authToken=env:NOT_THERE'], 'There is no value for the secret “authToken”.'],
  [['--secret', 'authToken=-', '--field', 'nobody=1'], 'nobody: Twilio has no field of that name.'],
  [['--field', `authToken=${token}`], 'authToken: This is a secret: write --secret authToken=-'],
  [['--api', 'soap'], '--api: Write one of: '],
  [[], 'authToken: Enter the Auth Token, or an API key with its secret.'],
  [['--field', 'messagingServiceSid=MG1'], 'messagingServiceSid: '],
])('refuses %j with words', async (more, words) => {
  const refused = await run(add('--name', 'Refused', ...more))
  expect(refused.code).toBe(2)
  expect(refused.stderr).toContain(words)
  expect((await run(['list'])).stdout).not.toContain('Refused')
})
