import fc from 'fast-check'
import { expect, it } from 'vitest'
import { importCurl } from '#shared/curl/import-curl.ts'
import { shells } from '#shared/curl/shells.ts'
import { settingsSchema } from '#shared/settings.ts'
import { allCases } from './corpus/all.ts'

// Pieces that mean something to a shell, to curl, to JSON, XML or an address.
const telling = [
  ...'\'"\\^`$%&|;<>(){}[]#@!~*? \t\n\r,:=+-/.',
  '$(',
  '${',
  "$'",
  '@-',
  '<<EOF',
  '<<<',
  '^\n',
  '`\n',
  '\\\n',
  '\\u',
  '\\x',
  '\0',
  '\uD800',
  '😀',
  '$$To',
  '{{secret:x}}',
  '-F',
  '-H',
  '-d',
  '--json',
  '-u',
  '--next',
  '-K',
  '<![CDATA[',
  '<!--',
  '%00',
  '%E9',
  'http://',
  '__proto__',
  "@'\n",
  "'@",
]

const change = fc.record({
  kind: fc.constantFrom('insert', 'delete', 'double', 'swap', 'cut', 'words', 'repeat'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 40 }),
  piece: fc.constantFrom(...telling),
})
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never

function mutate(text: string, { kind, at, length, piece }: Change): string {
  const from = Math.floor(at * text.length)
  const middle = text.slice(from, from + length)
  const rest = text.slice(from + length)
  if (kind === 'insert') return text.slice(0, from) + piece + text.slice(from)
  if (kind === 'delete') return text.slice(0, from) + rest
  if (kind === 'double') return text.slice(0, from) + middle + middle + rest
  if (kind === 'swap') return text.slice(0, from) + [...middle].toReversed().join('') + rest
  if (kind === 'cut') return text.slice(0, from)
  if (kind === 'repeat') return text.slice(0, from) + piece.repeat(length * 20) + text.slice(from)
  const words = text.split(' ')
  const place = Math.floor(at * words.length)
  return words.toSpliced(place, 1, words.at(length % words.length) ?? '', piece).join(' ')
}

it('1,000 mutations of the corpus give a draft or a problem in words', () => {
  let runs = 0
  fc.assert(
    fc.property(
      fc.constantFrom(...allCases.map(({ command }) => command)),
      fc.array(change, { minLength: 1, maxLength: 5 }),
      fc.option(fc.constantFrom(...shells), { nil: undefined }),
      (command, changes, shell) => {
        runs += 1
        const result = importCurl(changes.reduce(mutate, command), { shell })
        if (result.draft) expect(settingsSchema.safeParse(result.draft.settings).success).toBe(true)
        else expect(result.problem).toMatch(/^[A-Z].*\.$/)
        expect(result.draft === null).toBe(result.problem !== '')
        for (const { what, why } of result.notes) expect(`${what}${why}`).not.toContain('undefined')
      },
    ),
    { numRuns: 1000 },
  )
  expect(runs).toBeGreaterThanOrEqual(1000)
})

// Work that grows with the square of the length would take minutes here, and the test's own limit would end it.
it('no piece repeated up to the limit makes it slow', () => {
  const heads = [
    'curl https://api.example.com/send ',
    'curl "https://api.example.com/send" -d \'',
    'curl http://a/?a=1&',
    'curl http://a --json [',
  ]
  const pieces = [
    ...telling,
    'a',
    '&a=1',
    ' -d a=1',
    ' -s',
    '"a":"b",',
    '[{',
    '<a b="c">',
    '-H a:b ',
    'x/',
    '1',
  ]
  shells.forEach((shell, turn) => {
    pieces.forEach((piece, index) => {
      const head = heads[(index + turn) % heads.length] ?? ''
      const result = importCurl(head + piece.repeat(Math.floor(190_000 / piece.length)), { shell })
      expect(result.draft === null).toBe(result.problem !== '')
    })
  })
}, 120_000)
