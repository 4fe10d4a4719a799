import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importCurl } from '#shared/curl/import-curl.ts'
import { readCmd } from '#shared/curl/read/read-cmd.ts'
import { readPowerShell } from '#shared/curl/read/read-powershell.ts'
import { readSh } from '#shared/curl/read/read-sh.ts'
import type { Shell } from '#shared/curl/shells.ts'
import { writeCurl } from '#shared/curl/write/write.ts'

// Quoters of the test's own, one for each way of quoting that a shell has.
const hex = (character: string) => `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`
const quoters: Record<Shell, ((word: string) => string)[]> = {
  sh: [
    (word) => `'${word.replaceAll("'", `'\\''`)}'`,
    (word) => `"${word.replace(/[$`"\\]/g, (sign) => `\\${sign}`)}"`,
    (word) => `$'${[...word].map(hex).join('')}'`,
    (word) => [...word].map((sign) => (sign === '\n' ? "$'\\n'" : `\\${sign}`)).join('') || "''",
  ],
  cmd: [
    // Two quotes leave the command prompt's own reading of quotes as it was.
    (word) => `"${doubled(word)}"`,
    (word) =>
      [...`"${crt(word)}"`]
        .map((sign) => (sign === '%' ? '%%' : sign === '\n' ? '^\n\n' : `^${sign}`))
        .join(''),
  ],
  powershell: [
    (word) => `'${word.replace(/['\u2018-\u201B]/g, (sign) => sign + sign)}'`,
    (word) => `"${word.replace(/[$`"\u201C-\u201E]/g, (sign) => `\`${sign}`)}"`,
    (word) => `"${[...word].map((sign) => `\`u{${(sign.codePointAt(0) ?? 0).toString(16)}}`).join('')}"`,
  ],
}

/** Backslashes count only before a quote. */
function doubled(word: string): string {
  const inQuotes = word.replace(/(\\*)"/g, '$1$1""').replace(/(\\+)$/, '$1$1')
  return inQuotes.replaceAll('%', '%%')
}

function crt(word: string): string {
  return word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')
}

const readers = { sh: readSh, cmd: readCmd, powershell: readPowerShell }
const character = fc.oneof(
  fc.constantFrom(...'\'"\\^`$%&|;<>(){}[]#@! \t,=+-/.~*?a1', 'é', '😀', '’', '“'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
)
const words = (shell: Shell) =>
  fc.array(
    fc
      .tuple(
        fc.array(character, { maxLength: 20 }).map((signs) => signs.join('').replace(/[\r\n\0\u00A0]/g, '')),
        fc.nat(),
      )
      // Where only some of the quotes in a word have a backslash, nobody can tell for which PowerShell it was written.
      .filter(([word]) => shell !== 'powershell' || !word.includes('\\"')),
    { maxLength: 6 },
  )

describe.each(['sh', 'cmd', 'powershell'] as const)('%s', (shell) => {
  it('reads back every word that is quoted by its rules', () => {
    fc.assert(
      fc.property(words(shell), (list) => {
        const line = list
          .map(([word, way]) => quoters[shell][way % quoters[shell].length]?.(word) ?? '')
          .join(' ')
        const program = shell === 'powershell' ? 'curl.exe' : 'curl'
        expect(readers[shell](`${program} ${line}`).words).toEqual(list.map(([word]) => word))
      }),
      { numRuns: 500 },
    )
  })

  it('reads back what Copy as cURL writes', () => {
    const text = fc
      .array(character, { maxLength: 15 })
      .map((signs) => signs.join('').replace(/[\r\n\0\u00A0]/g, ''))
    fc.assert(
      fc.property(text, text, (value, other) => {
        const body = JSON.stringify({ text: value, other, to: '$$To', sms: '$$Body' })
        const headers = [
          { name: 'Content-Type', value: 'application/json' },
          { name: 'X-Note', value: 'a b' },
        ]
        const written = writeCurl(
          { method: 'POST', url: 'https://api.example.com/send?x=1', headers, body },
          shell,
        )
        if (!written.ok) return
        const { draft } = importCurl(written.command, { shell })
        const parameters = draft?.settings.parameters
        expect(draft?.settings.endpoint).toBe('https://api.example.com/send?x=1')
        expect(draft?.settings.headers).toContainEqual({ name: 'X-Note', value: 'a b', enabled: true })
        const sent: unknown = parameters?.kind === 'raw' ? JSON.parse(parameters.text) : null
        expect(sent).toEqual(JSON.parse(body))
      }),
      { numRuns: 200 },
    )
  })
})
