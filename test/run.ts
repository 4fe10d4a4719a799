// `npm test`: type checks, lint, build and every test, summed up in one last line. `typecheck` runs only the first.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ensureBuilt } from '../electron/launch/build.ts'

interface Tally {
  passed: number
  failed: number
}

const root = resolve(import.meta.dirname, '..')
const program = (path: string) => [process.execPath, join(root, 'node_modules', path)]

const sides: Record<string, string[]> = {
  shared: [...program('typescript/bin/tsc'), '-p', 'shared'],
  electron: [...program('typescript/bin/tsc'), '-p', 'electron'],
  test: [...program('typescript/bin/tsc'), '-p', 'test'],
  renderer: [...program('vue-tsc/bin/vue-tsc.js'), '-p', 'renderer'],
}

const total: Tally = { passed: 0, failed: 0 }
for (const [side, command] of Object.entries(sides)) await count(`types of ${side}`, () => succeeds(command))
if (process.argv[2] !== 'typecheck') {
  await count('lint', () => succeeds([...program('oxlint/bin/oxlint'), '--deny-warnings']))
  await count('build', build)
  for (const project of projects()) await countTests(project)
}
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 ? 1 : 0

function projects(): string[] {
  const always = ['unit', 'hosts', 'e2e']
  if (process.env['ELECTRON_TEST_DIST'] && process.env['ELECTRON_TEST_SQLITE']) return [...always, 'desktop']
  console.log('Desktop tests are skipped: ELECTRON_TEST_DIST and ELECTRON_TEST_SQLITE are not set.')
  return always
}

async function count(name: string, check: () => Promise<boolean>): Promise<void> {
  const good = await check()
  total[good ? 'passed' : 'failed'] += 1
  console.log(`${good ? '✓' : '✗'} ${name}`)
}

async function build(): Promise<boolean> {
  try {
    await ensureBuilt(() => {})
    return true
  } catch (error) {
    console.error((error as Error).message)
    return false
  }
}

async function countTests(project: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sms-workbench-results-'))
  const file = join(folder, 'results.json')
  const options = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`, '--passWithNoTests']
  const good = await succeeds([...program('vitest/vitest.mjs'), 'run', '--project', project, ...options])
  const { passed, failed } = tallyIn(file)
  total.passed += passed
  // A run that fails without a failed test, such as one whose set-up fails, is a failure all the same.
  total.failed += good ? failed : Math.max(failed, 1)
  rmSync(folder, { recursive: true })
}

interface Results {
  numPassedTests: number
  numFailedTests: number
  testResults: { status: string; assertionResults: unknown[] }[]
}

function tallyIn(file: string): Tally {
  try {
    const results = JSON.parse(readFileSync(file, 'utf8')) as Results
    const unread = results.testResults.filter(
      (one) => one.status === 'failed' && one.assertionResults.length === 0,
    )
    return { passed: results.numPassedTests, failed: results.numFailedTests + unread.length }
  } catch {
    return { passed: 0, failed: 0 }
  }
}

function succeeds([executable = '', ...args]: string[]): Promise<boolean> {
  return new Promise((done) => {
    const child = spawn(executable, args, { cwd: root, stdio: 'inherit' })
    child.once('error', () => done(false))
    child.once('close', (code) => done(code === 0))
  })
}
