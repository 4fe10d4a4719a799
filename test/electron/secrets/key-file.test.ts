import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { codeThrownBy, listeningLog, temporaryFolder } from '../db/fixtures/workspace.ts'
import { vaultIn } from './parts.ts'

function sealedByKeyFile() {
  const folder = temporaryFolder()
  return { folder, file: join(folder, 'vault.key'), sealed: vaultIn(folder).seal('p', 'token', 'value') }
}

describe('the key file', () => {
  it('is for its owner only', () => {
    expect(statSync(sealedByKeyFile().file).mode & 0o777).toBe(0o600)
  })

  it.each([0o644, 0o640, 0o604, 0o666])(
    'is shut again when others could read it (%o), and the log says so',
    (mode) => {
      const { folder, file, sealed } = sealedByKeyFile()
      const log = listeningLog()
      chmodSync(file, mode)
      expect(vaultIn(folder, { log }).open('p', 'token', sealed)).toBe('value')
      expect(statSync(file).mode & 0o777).toBe(0o600)
      expect(log.lines).toMatchObject([{ level: 'warn', details: { mode: mode.toString(8) } }])
    },
  )

  it('that is lost costs the secrets, and a new one is made when something is sealed', () => {
    const { folder, file, sealed } = sealedByKeyFile()
    const before = readFileSync(file)
    rmSync(file)
    const vault = vaultIn(folder)
    expect(vault.canOpen(sealed)).toBe(false)
    const later = vault.seal('p', 'token', 'later')
    expect(vault.open('p', 'token', later)).toBe('later')
    writeFileSync(file, Buffer.concat([before, readFileSync(file)]))
    const both = vaultIn(folder)
    expect([both.open('p', 'token', sealed), both.open('p', 'token', later)]).toEqual(['value', 'later'])
  })

  it('that holds another key under the same id is not believed', () => {
    const { folder, file, sealed } = sealedByKeyFile()
    const [id] = readFileSync(file, 'utf8').split('.')
    writeFileSync(file, `${id}.${Buffer.alloc(32, 7).toString('base64url')}\n`)
    const vault = vaultIn(folder)
    expect(vault.canOpen(sealed)).toBe(false)
    expect(codeThrownBy(() => vault.open('p', 'token', sealed))).toBe('secret_missing')
  })

  it('that is something else than a file is as good as lost', () => {
    const { folder, file, sealed } = sealedByKeyFile()
    writeFileSync(file, Buffer.alloc(5000, 255))
    expect(vaultIn(folder).canOpen(sealed)).toBe(false)
  })
})
