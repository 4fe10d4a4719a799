import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { temporaryFolder } from '../../helpers/start-headless.ts'
import { root, startProcess } from '../../helpers/start-process.ts'

let folder: string
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => rm(folder, { recursive: true }))

function run(...args: string[]) {
  const env = { SMS_WORKBENCH_FOLDER: join(folder, 'workspace') }
  return startProcess(process.execPath, [join(root, 'out/main/cli.js'), 'providers', ...args], { env }).ended
}

async function written(command: string): Promise<string> {
  const file = join(folder, 'command.txt')
  await writeFile(file, command)
  return file
}

it('saves a provider made of a sample command, and shows no secret', async () => {
  const file = await written(
    "curl https://api.example.com/send -u 'ann:pass-4711' -d to=+447700900123 -d text=Hi -s",
  )
  const { code, stdout } = await run('import-curl', file, '--json', '--name', 'Sample')
  expect(code).toBe(0)
  const { provider, notes } = JSON.parse(stdout)
  expect(provider).toMatchObject({
    name: 'Sample',
    settings: { method: 'POST', auth: { kind: 'basic', username: 'ann', password: '{{secret:password}}' } },
    secrets: [{ name: 'password', state: 'set' }],
  })
  expect(notes).toContainEqual({ kind: 'ignored', what: '-s', why: 'It has no effect on the request.' })
  expect(stdout).not.toContain('pass-4711')
})

it('saves one whose credentials are still to be entered', async () => {
  const file = await written('curl https://api.example.com/send -u "$USER_ID:$TOKEN" -d to=1 -d text=Hi')
  const { code, stdout } = await run('import-curl', file)
  expect(code).toBe(0)
  expect(stdout).toContain('Example was saved')
  const shown = await run('show', 'Example')
  expect(shown.stdout).toMatch(/TOKEN \(missing\)/)
})

it('says why a command cannot be taken over', async () => {
  const { code, stderr } = await run('import-curl', await written('curl https://api.example.com -F to=1'))
  expect(code).toBe(2)
  expect(stderr).toContain('multipart form (to)')
})
