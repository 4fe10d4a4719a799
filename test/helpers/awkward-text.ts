import fc from 'fast-check'

/** Values that break what is not escaped exactly. */
export const nasties = [
  '',
  ' ',
  ' a ',
  '$$To',
  '$$x',
  '$$',
  '{{secret:x}}',
  '"',
  "'",
  '\\',
  'a\\',
  '\\"',
  '","admin":true,"x":"',
  '&',
  'a&b=c',
  '&amp;',
  '&#13;',
  '%',
  '%41',
  '%2e%2e',
  '+',
  'a+b c',
  '#',
  '?',
  '/',
  '../..',
  '.',
  '..',
  '~!*()',
  '\r',
  '\n',
  '\r\n',
  'a\r\nX-Evil: 1',
  '\t',
  '\u007F',
  '\u0085',
  '\u00A0',
  '\u2028',
  '\uFEFF',
  '\uFFFE',
  '\0',
  'a\0b',
  '\u001B[31m',
  'é',
  '😀',
  '👩‍👩‍👧‍👦',
  '\uD83D',
  '\uDE00',
  'a\uD800b',
  '<',
  '>',
  '</m>',
  '<!--',
  '-->',
  '--',
  '-',
  '<![CDATA[',
  ']]>',
  ']',
  ']]',
  ']]]]>>',
  ']\r]>',
  '>',
  '12345678901234567890',
  'null',
  'true',
  '1e3',
  ' 7 ',
  '{"a":1}',
  '[',
  'ü'.repeat(200),
]

/** Whole strings of any code units, lone surrogates included, and pieces of what is awkward side by side. */
export const awkwardText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 })
    .map((units) => String.fromCharCode(...units)),
  fc.array(fc.constantFrom(...nasties), { maxLength: 4 }).map((pieces) => pieces.join('')),
)

/** What UTF-8 makes of a value: lone surrogates have no form in it. */
export const inUtf8 = (text: string) => Buffer.from(text, 'utf8').toString('utf8')

/** Calls `check` with every nasty value, and then with many more. */
export async function forAwkwardTexts(
  check: (text: string) => void | Promise<void>,
  runs = 100,
): Promise<void> {
  for (const text of nasties) await check(text)
  await fc.assert(
    fc.asyncProperty(awkwardText, async (text) => {
      await check(text)
    }),
    { numRuns: runs },
  )
}
