import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { codeThrownBy, listeningLog, temporaryFolder } from '../db/fixtures/workspace.ts'
import { fakeKeychain, sealedRows, vaultIn } from './parts.ts'

const passphrase = 'correct horse battery'
const values = { token: 'value one', password: 'value two' }

async function protectedVault() {
  const folder = temporaryFolder()
  const vault = vaultIn(folder)
  const { rows, reseal } = sealedRows(vault, values)
  const old = new Map(rows)
  await vault.protect(passphrase, reseal)
  return {
    folder,
    rows,
    old,
    vault,
    reseal,
    token: rows.get('token') ?? '',
    oldToken: old.get('token') ?? '',
  }
}

describe('a passphrase', () => {
  it('seals every secret anew and removes the key file', async () => {
    const { folder, rows, old, vault } = await protectedVault()
    for (const [name, sealed] of rows) {
      expect(vault.keyIdOf(sealed)).not.toBe(vault.keyIdOf(old.get(name) ?? ''))
      expect(vault.open('p', name, sealed)).toBe(values[name as keyof typeof values])
    }
    expect(existsSync(join(folder, 'vault.key'))).toBe(false)
    expect(vault.status()).toMatchObject({ kind: 'passphrase', state: 'open' })
  })

  it('is asked for at the next start, until then nothing can be opened or sealed, and nothing counts as lost', async () => {
    const { folder, token, reseal } = await protectedVault()
    const vault = vaultIn(folder)
    expect(vault.status()).toMatchObject({ kind: 'passphrase', state: 'locked' })
    expect(codeThrownBy(() => vault.open('p', 'token', token))).toBe('vault_locked')
    expect(codeThrownBy(() => vault.seal('p', 'token', 'x'))).toBe('vault_locked')
    expect(codeThrownBy(() => vault.unprotect(reseal))).toBe('vault_locked')
    await expect(vault.protect('another one', reseal)).rejects.toMatchObject({ code: 'vault_locked' })
    expect(vault.canOpen(token)).toBe(true)
  })

  it('unlocks, and no other does', async () => {
    const { folder, token } = await protectedVault()
    const vault = vaultIn(folder)
    for (const wrong of ['', 'Correct horse battery', `${passphrase} `]) {
      await expect(vault.unlock(wrong)).rejects.toMatchObject({ code: 'wrong_passphrase' })
    }
    expect(vault.status().state).toBe('locked')
    await vault.unlock(passphrase)
    expect(vault.open('p', 'token', token)).toBe('value one')
    expect(vault.status().state).toBe('open')
  })

  it('is the same however its letters are composed', async () => {
    const folder = temporaryFolder()
    const vault = vaultIn(folder)
    await vault.protect('caf\u00e9 au lait', () => {})
    const sealed = vault.seal('p', 'token', 'value')
    const again = vaultIn(folder)
    await again.unlock('cafe\u0301 au lait')
    expect(again.open('p', 'token', sealed)).toBe('value')
  })

  it('may be given at the start, and a wrong one leaves the vault locked and is logged', async () => {
    const { folder, token } = await protectedVault()
    expect(vaultIn(folder, { passphrase }).open('p', 'token', token)).toBe('value one')
    const log = listeningLog()
    const wrong = vaultIn(folder, { passphrase: 'wrong', log })
    expect(codeThrownBy(() => wrong.open('p', 'token', token))).toBe('vault_locked')
    expect(wrong.status().state).toBe('locked')
    expect(log.lines).toMatchObject([{ level: 'warn' }])
    expect(JSON.stringify(log.lines)).not.toContain('wrong')
    await wrong.unlock(passphrase)
    expect(wrong.open('p', 'token', token)).toBe('value one')
  })

  it('also opens what a backup from before it holds', async () => {
    const { folder, oldToken } = await protectedVault()
    const vault = vaultIn(folder)
    expect(codeThrownBy(() => vault.open('p', 'token', oldToken))).toBe('vault_locked')
    await vault.unlock(passphrase)
    expect(vault.open('p', 'token', oldToken)).toBe('value one')
  })

  it('leaves no key in the workspace that opens anything without it', async () => {
    const folder = temporaryFolder()
    const vault = vaultIn(folder)
    const { reseal } = sealedRows(vault, values)
    const key = readFileSync(join(folder, 'vault.key'), 'utf8').trim().split('.')[1] ?? ''
    await vault.protect(passphrase, reseal)
    const keyring = readFileSync(join(folder, 'vault.json'), 'utf8')
    expect(keyring).not.toContain(key)
    expect(keyring).not.toContain(passphrase)
  })

  it('changes nothing when the secrets cannot be sealed anew', async () => {
    const folder = temporaryFolder()
    const vault = vaultIn(folder)
    const { rows } = sealedRows(vault, values)
    const before = readFileSync(join(folder, 'vault.json'), 'utf8')
    const fail = () => {
      throw new Error('disk full')
    }
    await expect(vault.protect(passphrase, fail)).rejects.toThrow('disk full')
    expect(readFileSync(join(folder, 'vault.json'), 'utf8')).toBe(before)
    expect(vaultIn(folder).open('p', 'token', rows.get('token') ?? '')).toBe('value one')
  })

  it('can be changed and taken away again', async () => {
    const { folder, vault, rows, reseal } = await protectedVault()
    await vault.protect('another passphrase', reseal)
    const changed = vaultIn(folder)
    await expect(changed.unlock(passphrase)).rejects.toMatchObject({ code: 'wrong_passphrase' })
    await changed.unlock('another passphrase')
    expect(changed.open('p', 'token', rows.get('token') ?? '')).toBe('value one')
    vault.unprotect(reseal)
    expect(vaultIn(folder).open('p', 'token', rows.get('token') ?? '')).toBe('value one')
    expect(vaultIn(folder).status()).toMatchObject({ kind: 'key file', state: 'open' })
  })

  it('goes back to the keychain where there is one', async () => {
    const folder = temporaryFolder()
    const keychain = fakeKeychain('this')
    const vault = vaultIn(folder, { keychain })
    const { rows, reseal } = sealedRows(vault, values)
    await vault.protect(passphrase, reseal)
    vault.unprotect(reseal)
    expect(vault.status()).toEqual({ kind: 'keychain', state: 'open', reason: null })
    expect(existsSync(join(folder, 'vault.key'))).toBe(false)
    expect(vaultIn(folder, { keychain }).open('p', 'token', rows.get('token') ?? '')).toBe('value one')
  })

  it('has its key file removed at the next unlock when a crash came in between', async () => {
    const folder = temporaryFolder()
    const vault = vaultIn(folder)
    const { rows, reseal } = sealedRows(vault, values)
    const asAtTheCrash = join(temporaryFolder(), 'vault.json')
    await vault.protect(passphrase, () => {
      reseal()
      copyFileSync(join(folder, 'vault.json'), asAtTheCrash)
      copyFileSync(join(folder, 'vault.key'), `${asAtTheCrash}.key`)
    })
    copyFileSync(asAtTheCrash, join(folder, 'vault.json'))
    copyFileSync(`${asAtTheCrash}.key`, join(folder, 'vault.key'))
    const again = vaultIn(folder)
    expect(again.status().state).toBe('locked')
    await again.unlock(passphrase)
    expect(again.open('p', 'token', rows.get('token') ?? '')).toBe('value one')
    expect(existsSync(join(folder, 'vault.key'))).toBe(false)
  })
})
