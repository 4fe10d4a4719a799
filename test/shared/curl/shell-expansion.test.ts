import { describe, expect, it } from 'vitest'
import { importCurl } from '#shared/curl/import-curl.ts'
import type { CurlImport } from '#shared/curl/import-result.ts'
import { hasRealCurl, startRealCurl } from './fixtures/real-curl.ts'

const textOf = ({ draft }: CurlImport) => {
  const parameters = draft?.settings.parameters
  return parameters?.kind === 'raw' ? parameters.text : parameters?.rows.map((row) => row.value).join('&')
}
const noted = ({ notes }: CurlImport) => notes.map(({ kind, what }) => `${kind} ${what}`)
const here = (end: string, text: string) =>
  `curl -H 'Content-Type: text/csv' --data-binary @- http://api.example.com/a <<${end}\n${text}\nEOF\n`

describe('a here-document', () => {
  const text = 'a\\\\b\\$c\\`d\\e\\"f \\\ng {"x": "\\\\n"}'

  it('loses the backslashes that the shell takes away, and no others', () => {
    expect(textOf(importCurl(here('EOF', text)))).toBe('a\\b$c`d\\e\\"f g {"x": "\\n"}\n')
    expect(textOf(importCurl(here("'EOF'", text)))).toBe(`${text}\n`)
  })

  it('names what the shell would put in, and not what is escaped', () => {
    const result = importCurl(here('EOF', '$A ${B} \\$C $(date) `id` $$To'))
    expect(textOf(result)).toBe('$A ${B} $C $(date) `id` $$To\n')
    for (const what of ['$A', '${B}', '$(date)', '`id`']) expect(noted(result)).toContain(`check ${what}`)
    expect(noted(result).join()).not.toContain('$C')
  })
})

describe('steps of dots in a path', () => {
  const endpoint = (path: string, more = '') =>
    importCurl(`curl 'https://api.example.com${path}' -d to=1${more}`).draft?.settings.endpoint.slice(23)

  it.each([
    ['/v1/../a', '/a'],
    ['/../../a?x=../b', '/a?x=../b'],
    ['/a/./b/..', '/a/'],
    ['/a/.', '/a/'],
    ['/a//../b/c', '/a/b/c'],
    ['/a/..b', '/a/..b'],
  ])('%s goes out as %s', (path, expected) => expect(endpoint(path)).toBe(expected))

  it('stay when the command says so, and are noted when they go', () => {
    expect(endpoint('/v1/../a', ' --path-as-is')).toBe('/v1/../a')
    expect(noted(importCurl('curl https://api.example.com/v1/../a -d to=1'))).toContain('check ..')
  })
})

describe('signs outside quotes', () => {
  it.each([
    ['x=~', 'check ~'],
    ['~/f', 'check ~'],
    ['x=a*', 'check *'],
    ['x=why?', 'check ?'],
  ])('%s is noted', (data, note) => {
    expect(noted(importCurl(`curl https://a.example/s?y=1 -d ${data}`))).toContain(note)
    expect(noted(importCurl(`curl https://a.example/s?y=1 -d '${data}'`))).not.toContain(note)
  })

  it('an address is let be, and so is a sign within a word', () => {
    const notes = noted(importCurl('curl https://a.example/~me/s?y=* -d x=a~b'))
    expect(notes.filter((note) => /[~*?]$/.test(note))).toEqual([])
  })
})

describe.runIf(hasRealCurl)('bash and curl themselves', () => {
  it('send the same', async () => {
    const real = await startRealCurl()
    try {
      for (const command of [
        here('EOF', 'a\\\\b\\$c\\`d\\e\\"f \\\ng'),
        ...['/v1/../a', '/../../a', '/a/./b/..', '/a/.', '/a//../b/c'].map(
          (path) => `curl 'http://api.example.com${path}' -d x=1`,
        ),
      ]) {
        const seen = await real.run(command)
        const result = importCurl(command)
        expect(new URL(result.draft?.settings.endpoint ?? '').pathname).toBe(seen?.path)
        expect(result.draft?.settings.endpoint.slice(22)).toBe(seen?.path)
        if (command.includes('<<')) expect(textOf(result)).toBe(seen?.body)
      }
    } finally {
      await real.close()
    }
  })
})
