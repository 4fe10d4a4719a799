import { describe, expect, it } from 'vitest'
import { importCurl, longestCommand } from '#shared/curl/import-curl.ts'
import { detectShell } from '#shared/curl/read/detect-shell.ts'
import { summarise } from './corpus/case.ts'

const command =
  'curl https://api.example.com/send -d to=%2B447700900123 -d text=Hi -d message=Hey -d ref=a1 -H "X-Api-Key: k-123456"'
const idOf = (where: string, result = importCurl(command)) =>
  [...result.choices, ...result.replaced].find((value) => value.where === where)?.id ?? ''

describe('what the user decides', () => {
  it('moves a placeholder, and the question stays', () => {
    const roles = { [idOf('parameter message')]: 'Body', [idOf('parameter text')]: 'leave' } as const
    const result = importCurl(command, { roles })
    expect(summarise(result)).toMatchObject({
      form: ['to=$$To', 'text=Hi', 'message=$$Body', 'ref=a1'],
      choices: ['parameter text: leave', 'parameter message: Body'],
    })
  })

  it('brings a secret back into the open, and can take it back', () => {
    const id = idOf('header X-Api-Key')
    const open = importCurl(command, { roles: { [id]: 'leave' } })
    expect(summarise(open)).toMatchObject({ headers: ['X-Api-Key: k-123456'] })
    expect(open.draft?.secrets).toEqual({})
    expect(open.replaced.map((value) => value.id)).toContain(id)
  })

  it('makes any value the sender', () => {
    const plain = importCurl('curl https://api.example.com/send -d a=1 -d zz=ACME')
    const id = idOf('parameter zz', plain)
    const result = importCurl('curl https://api.example.com/send -d a=1 -d zz=ACME', {
      roles: { [id]: 'From' },
    })
    expect(summarise(result)).toMatchObject({ form: ['a=1', 'zz=$$From'], from: 'ACME' })
  })

  it('survives ids that are none', () => {
    const roles = { nothing: 'To', ['__proto__x']: 'secret', constructor: 'Body' } as const
    expect(summarise(importCurl(command, { roles }))).toEqual(summarise(importCurl(command)))
  })
})

describe('the shell', () => {
  const quoted = `curl https://api.example.com/send --data-urlencode "to=+447700900123" --data-urlencode "text=a^b 'c'"`

  it('can be chosen', () => {
    expect(detectShell(quoted)).toBe('sh')
    for (const shell of ['sh', 'cmd', 'powershell'] as const) {
      const result = importCurl(quoted, { shell })
      expect([result.shell, summarise(result).body]).toEqual([shell, "a^b 'c'"])
    }
  })

  it('makes a difference where its rules do', () => {
    const carets = 'curl https://api.example.com/send -d text=a^^b -d to=1'
    expect(summarise(importCurl(carets, { shell: 'sh' })).body).toBe('a^^b')
    expect(summarise(importCurl(carets, { shell: 'cmd' })).body).toBe('a^b')
  })
})

it('reads up to its limit and says so beyond it', () => {
  const long = (length: number) => `curl https://api.example.com/send --data-raw text=${'a'.repeat(length)}`
  expect(importCurl(long(longestCommand - 100)).problem).toBe('')
  expect(importCurl(long(longestCommand)).problem).toBe('The command is longer than 200,000 characters.')
})
