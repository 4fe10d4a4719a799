import { describe, expect, it, test } from 'vitest'
import { importCurl } from '#shared/curl/import-curl.ts'

const lines = (...list: string[]) => list.join('\n')
const swallowed = lines(
  'curl https://api.example.com/send \\',
  "  -H 'X-Api-Key: s3cr3t-k3y \\",
  "  -d 'to=+447700900123' \\",
  "  -d 'text=Hi'",
)

describe('a quote that is not closed', () => {
  it('holds the command back and says which quote it is, where, and where it may have been meant to close', () => {
    const { draft, problem, problemAt, notes } = importCurl(swallowed)
    expect(draft).toBeNull()
    expect(notes).toEqual([])
    expect(problem).toBe(
      "The quote in -H 'X-Api-Key:… at line 2, column 6 is not closed. " +
        'It may have been meant to close before -d, at line 2, column 28.',
    )
    expect(swallowed.slice(problemAt?.from, problemAt?.to)).toBe("'X-Api-Key: s3cr3t-k3y")
  })

  it('is placed in the text as pasted where prompts were taken out', () => {
    const pasted = swallowed.replaceAll('\n  ', '\n> ').replace('curl', '$ curl')
    const { problem, problemAt } = importCurl(pasted)
    expect(problem).toContain('at line 2, column 6 is')
    expect(pasted.slice(problemAt?.from, problemAt?.to)).toBe("'X-Api-Key: s3cr3t-k3y")
  })

  it.each([
    ['sh', `curl https://a.example/send -H "X-Key: abc -d to=1 -d text=Hi`, '"X-Key: abc', 'before -d,'],
    ['sh', `curl -u 'ann:s3cr3t https://a.example/send`, "'ann:s3cr3t", 'before https://,'],
    ['sh', `curl https://a.example/send -d $'text=Hi --silent`, "$'text=Hi", 'before --silent,'],
    ['cmd', `curl https://a.example/send -H "X-Key: abc ^`, '"X-Key: abc ^', 'Add the closing'],
    [
      'powershell',
      "curl.exe https://a.example -H 'X: a `\n  -d 'to=1' `\n -d 'text=Hi'",
      "'X: a",
      'before -d,',
    ],
    ['powershell', `curl.exe https://a.example/send -d @'\nto=1`, "@'", 'Add the closing'],
  ] as const)('in %s: %s', (shell, command, piece, guess) => {
    const { problem, problemAt } = importCurl(command, { shell })
    expect(problem).toContain(guess)
    expect(problem).not.toContain('s3cr3t')
    expect(command.slice(problemAt?.from, problemAt?.to)).toBe(piece)
  })
})

test('an apostrophe in the words below the command is no open quote of it', () => {
  const { draft, problem } = importCurl(
    "curl https://api.example.com/send -d to=%2B447700900123 -d text=Hi\nThat's all.",
  )
  expect([problem, draft?.settings.endpoint]).toEqual(['', 'https://api.example.com/send'])
})
