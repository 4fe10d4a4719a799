import { expect, test } from 'vitest'
import { curlOfRecorded } from '#shared/curl/write/write-recorded.ts'
import { writeCurl, type CurlRequest } from '#shared/curl/write/write.ts'
import type { RecordedRequest } from '#shared/attempt.ts'

const request = (changes: Partial<CurlRequest> = {}): CurlRequest => ({
  method: 'POST',
  url: 'https://sms.example/send',
  headers: [
    { name: 'host', value: 'sms.example' },
    { name: 'connection', value: 'keep-alive' },
    { name: 'Content-Type', value: 'application/json' },
    { name: 'Accept', value: '*/*' },
    { name: 'User-Agent', value: 'sms-workbench/1' },
    { name: 'content-length', value: '99' },
  ],
  body: '{"to":"+1"}',
  ...changes,
})
const problemOf = (body: string, shell: 'sh' | 'cmd' | 'powershell') => {
  const written = writeCurl(request({ body }), shell)
  return written.ok ? null : written.problem
}

test('a command reads as a person would write it', () => {
  const rest = (end: string) => [
    '--http1.1' + end,
    `-H 'Content-Type: application/json'${end}`,
    `-H 'Accept: */*'${end}`,
    `-H 'User-Agent: sms-workbench/1'${end}`,
  ]
  expect(writeCurl(request(), 'sh')).toEqual({
    ok: true,
    command: [`curl 'https://sms.example/send' \\`, ...rest(' \\'), `--data-raw '{"to":"+1"}'`].join('\n  '),
    notes: [],
  })
  expect(writeCurl(request({ body: 'to=%2B1' }), 'powershell')).toEqual({
    ok: true,
    command: ["curl.exe 'https://sms.example/send' `", ...rest(' `'), "--data-raw 'to=%2B1'"].join('\n  '),
    notes: [],
  })
})

test('quotes go to PowerShell by way of a configuration, in which both of its generations agree', () => {
  const written = writeCurl(request({ headers: [] }), 'powershell')
  expect(written.ok && written.command.split('\n')).toEqual([
    "@'",
    'url = "https://sms.example/send"',
    'http1.1',
    'header = "Content-Type:"',
    'header = "Accept:"',
    'header = "User-Agent:"',
    'data-raw = "{\\"to\\":\\"+1\\"}"',
    "'@ | curl.exe --config -",
  ])
})

test('what a shell cannot carry is said, and not sent otherwise', () => {
  expect(problemOf('a\rb', 'cmd')).toMatch(/carriage return/)
  expect(problemOf('a\tb', 'cmd')).toMatch(/tab/)
  expect(problemOf('a\0b', 'cmd')).toMatch(/control character/)
  expect(problemOf('a'.repeat(8200), 'cmd')).toMatch(/8191 characters/)
  expect(problemOf('a\0b', 'powershell')).toMatch(/control character/)
  expect(problemOf('"'.repeat(60_000), 'powershell')).toMatch(/one line/)
  expect(problemOf('\0\r\t"', 'sh')).toBeNull()
})

test('cmd says where a percent sign and other scripts need care', () => {
  const notes = (body: string) => {
    const written = writeCurl(request({ body }), 'cmd')
    return written.ok ? written.notes.join(' ') : ''
  }
  expect(notes('to=1')).toBe('')
  expect(notes('to=%2B1')).toMatch(/batch file/)
  expect(notes('text=é')).toMatch(/Unicode/)
})

test('credentials in an address are not turned into a header', () => {
  const written = writeCurl(request({ url: 'https://me:secret@sms.example/send' }), 'sh')
  expect(written.ok && written.command).toMatch(/^curl 'https:\/\/sms\.example\/send' /)
})

test('a body that curl would ask about first is sent without asking', () => {
  const asked = (length: number) => JSON.stringify(writeCurl(request({ body: 'a'.repeat(length) }), 'sh'))
  expect(asked(2000)).toContain('Expect:')
  expect(asked(10)).not.toContain('Expect:')
})

test('secrets stand as their names until they are revealed, and are told', () => {
  const recorded: RecordedRequest = {
    method: 'POST',
    url: ['https://sms.example/', { secret: 'account', place: 'url' }],
    headers: [
      {
        name: 'Authorization',
        value: [
          'Basic ',
          { secret: 'password', place: 'basic', parts: ['me:', { secret: 'password', place: 'raw' }] },
        ],
      },
    ],
    body: ['key=', { secret: 'api_key', place: 'form' }],
  }
  const masked = curlOfRecorded(recorded, 'sh')
  expect(masked.masked).toEqual(['account', 'password', 'api_key'])
  expect(masked.ok && masked.command).toContain(`'https://sms.example/<account>'`)
  expect(masked.ok && masked.command).toContain(`-u 'me:<password>'`)
  expect(masked.ok && masked.command).toContain(`'key=<api_key>'`)
  const revealed = { ...recorded, url: ['https://sms.example/7'], headers: [], body: ['key=s3'] }
  expect(curlOfRecorded(revealed, 'sh').masked).toEqual([])
})

test('Basic is written as a user name and a password, unless curl could make another header of them', () => {
  const commandOf = (name: string, value: string, before = 'host') => {
    const basic = `Basic ${Buffer.from(value).toString('base64')}`
    const headers = [
      { name: before, value: ['sms.example'] },
      { name, value: [basic] },
    ]
    const written = curlOfRecorded({ method: 'GET', url: ['http://sms.example/'], headers, body: [] }, 'sh')
    return written.ok ? written.command : ''
  }
  expect(commandOf('Authorization', `me:it's:me`)).toContain(`-u 'me:it'\\''s:me'`)
  expect(commandOf('Authorization', ':')).toContain(`-u ':'`)
  for (const value of ['me', '', 'me:é', 'me:\n'])
    expect(commandOf('Authorization', value)).not.toContain('-u')
  expect(commandOf('Proxy-Authorization', 'me:you')).not.toContain('-u')
  // It would come before the others.
  expect(commandOf('Authorization', 'me:you', 'X-First')).not.toContain('-u')
})
