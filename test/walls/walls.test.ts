import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../helpers/start-process.ts'

let copy: string
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'sms-workbench-walls-'))
  for (const name of ['.oxlintrc.json', 'tsconfig.base.json', 'package.json'])
    cpSync(join(root, name), join(copy, name))
  for (const side of ['shared', 'electron', 'renderer']) {
    cpSync(join(root, side, 'tsconfig.json'), join(copy, side, 'tsconfig.json'))
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
})
afterAll(() => rmSync(copy, { recursive: true }))

function plant(path: string, content: string): void {
  mkdirSync(dirname(join(copy, path)), { recursive: true })
  writeFileSync(join(copy, path), content)
}

/** What the linter says about one file, and whether it lets it pass. */
function lint(path: string, content: string) {
  plant(path, content)
  const program = join(root, 'node_modules/oxlint/bin/oxlint')
  const { status, stdout } = spawnSync(process.execPath, [program, '--deny-warnings', '-f', 'unix', path], {
    cwd: copy,
    encoding: 'utf8',
  })
  rmSync(join(copy, path))
  return { passes: status === 0, says: stdout }
}

const importing = (from: string) => `import { thing } from '${from}'\n\nexport const kept = thing\n`

const breaches: [file: string, refused: string[], allowed: string[]][] = [
  [
    'shared/breach.ts',
    [
      'node:fs',
      'fs',
      'electron',
      'vue',
      'undici',
      'better-sqlite3',
      '../electron/rpc.ts',
      '../renderer/lib/api.ts',
    ],
    [
      './errors.ts',
      '../shared/errors.ts',
      '#shared/errors.ts',
      'zod',
      'libphonenumber-js',
      'libphonenumber-js/max',
    ],
  ],
  [
    'renderer/features/breach.ts',
    [
      'node:fs',
      'electron',
      'better-sqlite3',
      '../../electron/rpc.ts',
      'fastify',
      'undici',
      'fast-xml-parser',
    ],
    ['#shared/errors.ts', '../lib/api.ts', '@codemirror/view', 'vue', 'naive-ui', 'pinia', 'zod'],
  ],
  [
    'electron/messages/breach.ts',
    [
      'electron',
      'electron/main',
      'vue',
      'pinia',
      'naive-ui',
      '@codemirror/view',
      '../../renderer/lib/api.ts',
    ],
    ['node:fs', '#shared/errors.ts', '../rpc.ts', 'better-sqlite3', '../providers/handlers.ts'],
  ],
  ['electron/window.ts', ['vue', '../renderer/lib/api.ts'], ['electron', 'node:path', './desktop/calls.ts']],
  ['electron/preload.ts', ['vue'], ['electron', '#shared/bridge.ts']],
  ['electron/window-place.ts', ['electron'], ['node:fs']],
  ['electron/desktop/breach.ts', ['electron'], ['node:fs', '../rpc.ts']],
  ['electron/headless.ts', ['electron'], ['fastify']],
  [
    'electron/sending/render/breach.ts',
    ['../../messages/handlers.ts'],
    ['../connect.ts', '../access/tokens.ts'],
  ],
  ...['db', 'secrets', 'sending'].map((layer): [string, string[], string[]] => [
    `electron/${layer}/breach.ts`,
    [
      ...[
        'messages',
        'providers',
        'simulator',
        'callbacks',
        'bundles',
        'bulk',
        'stats',
        'export',
        'data',
      ].map((feature) => `../${feature}/handlers.ts`),
      'electron',
      'vue',
    ],
    ['../log.ts', './other.ts', '../db/store.ts', 'node:fs', '#shared/errors.ts'],
  ]),
]

describe('the linter', () => {
  it.each(breaches)('keeps %s within its walls', (file, refused, allowed) => {
    for (const from of refused) {
      const { passes, says } = lint(file, importing(from))
      expect({ from, passes }).toEqual({ from, passes: false })
      expect(says).toContain('no-restricted-imports')
    }
    for (const from of allowed)
      expect({ from, ...lint(file, importing(from)) }).toMatchObject({ passes: true })
  })

  it('refuses a type of the electron package as well', () => {
    const type = `import type { App } from 'electron'\n\nexport type Kept = App\n`
    expect(lint('electron/host.ts', type).says).toContain('no-restricted-imports')
    expect(lint('electron/menu.ts', type).passes).toBe(true)
  })

  it.each([
    ['no-explicit-any', 'export const kept: any = 1\n', 'export const kept: unknown = 1\n'],
    ['no-default-export', 'export default 1\n', 'export const kept = 1\n'],
    ['no-console', 'export const kept = () => console.log(1)\n', 'export const kept = () => 1\n'],
  ])('refuses %s in the product', (rule, breach, good) => {
    expect(lint('electron/breach.ts', breach)).toMatchObject({
      passes: false,
      says: expect.stringContaining(rule),
    })
    expect(lint('electron/breach.ts', good).passes).toBe(true)
  })
})

/** Compiles one side with one file in it. */
function compile(side: string, content: string): { passes: boolean; says: string } {
  plant(`${side}/breach.ts`, content)
  const program = join(root, 'node_modules/typescript/bin/tsc')
  try {
    execFileSync(process.execPath, [program, '-p', side], { cwd: copy, encoding: 'utf8' })
    return { passes: true, says: '' }
  } catch (error) {
    return { passes: false, says: (error as { stdout: string }).stdout }
  } finally {
    rmSync(join(copy, side, 'breach.ts'))
  }
}

describe('the compiler', () => {
  it.each([
    ['electron', 'export const kept = document.title\n', "Cannot find name 'document'"],
    ['electron', 'export const kept: HTMLElement | null = null\n', "Cannot find name 'HTMLElement'"],
    ['renderer', 'export const kept = process.env\n', "Cannot find name 'process'"],
    ['renderer', "import { readFile } from 'node:fs'\n\nexport const kept = readFile\n", "'node:fs'"],
    ['renderer', 'export const kept = Buffer.from("")\n', "Cannot find name 'Buffer'"],
    ['shared', 'export const kept = process.env\n', "Cannot find name 'process'"],
    ['shared', 'export const kept = window.location\n', "Cannot find name 'window'"],
    ['shared', 'export enum Kept {\n  one,\n}\n', 'erasableSyntaxOnly'],
    ['shared', 'export const kept: { a?: string } = { a: undefined }\n', 'exactOptionalPropertyTypes'],
  ])('refuses in %s: %s', (side, content, says) => {
    const refused = compile(side, content)
    expect(refused.passes).toBe(false)
    expect(refused.says).toContain(says)
  })

  it.each(['electron', 'renderer', 'shared'])('lets %s pass without a breach', (side) => {
    expect(compile(side, 'export const kept = 1\n')).toEqual({ passes: true, says: '' })
  })
})
