import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeThrownBy, listeningLog, temporaryFolder } from '../db/fixtures/workspace.ts'
import { fakeKeychain, vaultIn } from './parts.ts'

const contentOf = (folder: string) =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('\n')

describe('sealing', () => {
  it('gives back every text, and never the same sealed value twice', () => {
    const vault = vaultIn(temporaryFolder())
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const sealed = vault.seal('p', 'token', text)
        expect(vault.open('p', 'token', sealed)).toBe(text)
        expect(vault.seal('p', 'token', text)).not.toBe(sealed)
        expect(sealed).toMatch(/^v1\.[0-9a-f]{16}\.[\w-]{16}\.[\w-]+$/)
      }),
      { numRuns: 200 },
    )
  })

  it('binds a value to its provider and its name', () => {
    const vault = vaultIn(temporaryFolder())
    const sealed = vault.seal('p', 'token', 'value')
    expect(codeThrownBy(() => vault.open('q', 'token', sealed))).toBe('secret_missing')
    expect(codeThrownBy(() => vault.open('p', 'password', sealed))).toBe('secret_missing')
  })

  it('does not open a value of which any character was changed', () => {
    const vault = vaultIn(temporaryFolder())
    const sealed = vault.seal('p', 'token', 'a value of some length')
    for (let index = 0; index < sealed.length; index += 1) {
      const other = sealed[index] === 'A' ? 'Q' : 'A'
      const changed = sealed.slice(0, index) + other + sealed.slice(index + 1)
      expect(codeThrownBy(() => vault.open('p', 'token', changed))).toBe('secret_missing')
    }
  })

  it('does not open what is none of its values', () => {
    const vault = vaultIn(temporaryFolder())
    const id = vault.keyIdOf(vault.seal('p', 'token', 'value'))
    const values = [
      '',
      'v1',
      'v1...',
      `v1.${id}..`,
      `v1.${id}.AAAA.AAAA`,
      `v2.${id}.AAAAAAAAAAAAAAAA.AAAA`,
      'plain text',
    ]
    for (const value of values) {
      expect(codeThrownBy(() => vault.open('p', 'token', value))).toBe('secret_missing')
    }
  })

  it('names the secret that cannot be read', () => {
    const vault = vaultIn(temporaryFolder())
    expect(() => vault.open('p', 'token', 'v1.x')).toThrow(
      expect.objectContaining({ details: { names: ['token'] } }),
    )
  })
})

describe('a vault with a keychain', () => {
  it('keeps its key nowhere in the workspace', () => {
    const folder = temporaryFolder()
    const keychain = fakeKeychain('this')
    const vault = vaultIn(folder, { keychain })
    const sealed = vault.seal('p', 'token', 'canary value')
    expect(vault.status()).toEqual({ kind: 'keychain', state: 'open', reason: null })
    expect(readdirSync(folder)).toEqual(['vault.json'])
    expect(statSync(join(folder, 'vault.json')).mode & 0o777).toBe(0o600)
    expect(contentOf(folder)).not.toContain('canary')
    expect(vaultIn(folder, { keychain }).open('p', 'token', sealed)).toBe('canary value')
  })

  it('is not asked for anything before the first secret, and then once', () => {
    const folder = temporaryFolder()
    const keychain = fakeKeychain('this')
    const sealed = vaultIn(folder, { keychain }).seal('p', 'token', 'value')
    const again = vaultIn(folder, { keychain })
    expect(keychain.asked).toBe(0)
    for (let n = 0; n < 3; n += 1) again.open('p', 'token', sealed)
    expect(keychain.asked).toBe(1)
  })

  it('uses none that would not encrypt, is not available, or does not answer', () => {
    const plain = fakeKeychain('this', 'basic_text')
    const absent = { ...fakeKeychain('this'), available: () => false }
    const silent = {
      ...fakeKeychain('this'),
      available: () => {
        throw new Error('D-Bus')
      },
    }
    for (const [keychain, words] of [
      [plain, 'not encrypt'],
      [absent, 'no keychain'],
      [silent, 'not answer'],
    ] as const) {
      const folder = temporaryFolder()
      const vault = vaultIn(folder, { keychain })
      vault.seal('p', 'token', 'value')
      expect(vault.status()).toMatchObject({
        kind: 'key file',
        state: 'open',
        reason: expect.stringContaining(words),
      })
      expect(existsSync(join(folder, 'vault.key'))).toBe(true)
    }
  })

  it('falls back to a key file when the keychain refuses to encrypt', () => {
    const folder = temporaryFolder()
    const refusing = {
      ...fakeKeychain('this'),
      encrypt: () => {
        throw new Error('locked')
      },
    }
    const sealed = vaultIn(folder, { keychain: refusing }).seal('p', 'token', 'value')
    expect(vaultIn(folder).open('p', 'token', sealed)).toBe('value')
  })
})

describe('a keychain that is lost', () => {
  function lostAfterSealing() {
    const folder = temporaryFolder()
    const keychain = fakeKeychain('old')
    const sealed = vaultIn(folder, { keychain }).seal('p', 'token', 'value')
    return { folder, keychain, sealed }
  }

  it('costs the secrets, which are known to be unreadable, and nothing is deleted', () => {
    const { folder, sealed } = lostAfterSealing()
    const before = readFileSync(join(folder, 'vault.json'), 'utf8')
    const vault = vaultIn(folder, { keychain: fakeKeychain('new') })
    expect(vault.canOpen(sealed)).toBe(false)
    expect(codeThrownBy(() => vault.open('p', 'token', sealed))).toBe('secret_missing')
    expect(vault.status()).toEqual({ kind: 'keychain', state: 'open', reason: null })
    expect(readFileSync(join(folder, 'vault.json'), 'utf8')).toBe(before)
  })

  it('is asked once only, as some ask their user each time', () => {
    const { folder, sealed } = lostAfterSealing()
    const keychain = fakeKeychain('new')
    const vault = vaultIn(folder, { keychain })
    for (let n = 0; n < 5; n += 1) vault.canOpen(sealed)
    expect(keychain.asked).toBe(1)
  })

  it('is followed by a new key, and what the old one sealed opens again when it comes back', () => {
    const { folder, keychain, sealed } = lostAfterSealing()
    const later = vaultIn(folder, { keychain: fakeKeychain('new') }).seal('p', 'other', 'later')
    const both = vaultIn(folder, { keychain })
    expect(both.canOpen(later)).toBe(false)
    expect(both.open('p', 'token', sealed)).toBe('value')
  })

  it('leaves a host without one able to seal, which the other host can open', () => {
    const { folder, keychain, sealed } = lostAfterSealing()
    const headless = vaultIn(folder, { keychain: null })
    expect(headless.canOpen(sealed)).toBe(false)
    const fromHeadless = headless.seal('p', 'other', 'later')
    expect(headless.status()).toMatchObject({ kind: 'key file' })
    const desktop = vaultIn(folder, { keychain })
    expect([desktop.open('p', 'token', sealed), desktop.open('p', 'other', fromHeadless)]).toEqual([
      'value',
      'later',
    ])
    expect(desktop.status()).toMatchObject({
      kind: 'key file',
      reason: expect.stringContaining('first sealed'),
    })
  })
})

describe('the keyring', () => {
  it('is set aside and not overwritten when it cannot be understood', () => {
    const folder = temporaryFolder()
    const log = listeningLog()
    writeFileSync(join(folder, 'vault.json'), '{"format":1,"keys":[{"id":"x"}]}')
    vaultIn(folder, { log }).seal('p', 'token', 'value')
    const aside = readdirSync(folder).find((name) => name.startsWith('vault.json.damaged-')) ?? ''
    expect(readFileSync(join(folder, aside), 'utf8')).toBe('{"format":1,"keys":[{"id":"x"}]}')
    expect(log.lines).toMatchObject([{ level: 'error' }])
  })

  it('may be gone: a key that lies in the key file is found all the same', () => {
    const folder = temporaryFolder()
    const sealed = vaultIn(folder).seal('p', 'token', 'value')
    rmSync(join(folder, 'vault.json'))
    const vault = vaultIn(folder)
    expect(vault.open('p', 'token', sealed)).toBe('value')
    const later = vault.seal('p', 'other', 'later')
    expect([vault.open('p', 'token', sealed), vault.open('p', 'other', later)]).toEqual(['value', 'later'])
  })

  it('may have been tampered with: keys that wrap each other are lost, and no cost is without bound', () => {
    const folder = temporaryFolder()
    const [one, other] = ['0'.repeat(16), '1'.repeat(16)]
    const entry = (id: string, under: string) => ({
      id,
      createdAt: 1,
      kind: 'retired',
      under,
      wrapped: 'AAAA',
    })
    writeFileSync(
      join(folder, 'vault.json'),
      JSON.stringify({ format: 1, keys: [entry(one, other), entry(other, one)] }),
    )
    expect(vaultIn(folder).canOpen(`v1.${one}.AAAA.AAAA`)).toBe(false)
    const dear = {
      id: one,
      createdAt: 1,
      kind: 'passphrase',
      wrapped: 'AAAA',
      salt: 'AAAA',
      params: { N: 2 ** 30, r: 8, p: 1 },
    }
    writeFileSync(join(folder, 'vault.json'), JSON.stringify({ format: 1, keys: [dear] }))
    expect(vaultIn(folder).status().kind).toBe('key file')
  })
})
