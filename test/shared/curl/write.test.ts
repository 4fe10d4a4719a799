import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeCurl, type CurlRequest, type Shell } from '#shared/curl/write/write.ts'
import { argumentsOf } from './fixtures/c-runtime.ts'
import { awkwardRequest } from './fixtures/awkward.ts'
import { commandLineOf } from './fixtures/cmd-window.ts'
import { startedBy, type Version } from './fixtures/powershell.ts'
import {
  expectedOf,
  hasCurl,
  sorted,
  startCurlTarget,
  type CurlTarget,
  type Received,
} from './fixtures/run-curl.ts'

let target: CurlTarget
beforeAll(async () => {
  target = await startCurlTarget()
})
afterAll(() => target.close())

function written(request: CurlRequest, shell: Shell): string {
  const answer = writeCurl(request, shell)
  if (!answer.ok) throw new Error(answer.problem)
  return answer.command
}

const asCrlf = (text: string) => text.replaceAll('\n', '\r\n')

function throughCmd(request: CurlRequest, pasted = (text: string) => text): Promise<Received> {
  const variables = { PATH: 'C:\\Windows', HOME: 'C:\\me', '2B1': 'wrong', '20': 'wrong' }
  const [program, ...args] = argumentsOf(commandLineOf(pasted(written(request, 'cmd')), variables))
  return target.receive(program ?? '', args)
}

function throughPowerShell(
  request: CurlRequest,
  version: Version,
  pasted = (text: string) => text,
): Promise<Received> {
  const { argv, input } = startedBy(pasted(written(request, 'powershell')), version)
  const [program, ...args] = argv
  return target.receive(program === 'curl.exe' ? 'curl' : '', args, input)
}

const controls = ['\t', '\r', '\r\n', '\0', '\x001', '\u0001', '\u001B[0m', '\u007F', '\v', '\f']
const ways: [name: string, extra: string[], send: (request: CurlRequest) => Promise<Received>][] = [
  ['sh', controls, (request) => target.receive('sh', ['-c', written(request, 'sh')])],
  ['bash', controls, (request) => target.receive('bash', ['-c', written(request, 'sh')])],
  ['the window of cmd', [], (request) => throughCmd(request)],
  ['the window of cmd, pasted with its own line ends', [], (request) => throughCmd(request, asCrlf)],
  ['Windows PowerShell 5.1', ['\t', '\r', '\v'], (request) => throughPowerShell(request, '5.1')],
  ['PowerShell 7.3', ['\t', '\r', '\v'], (request) => throughPowerShell(request, '7.3')],
  [
    'PowerShell 5.1, with Windows line ends',
    ['\t', '\r'],
    (request) => throughPowerShell(request, '5.1', asCrlf),
  ],
]

describe.skipIf(!hasCurl)('the real curl sends the same bytes', () => {
  test.each(ways)('through %s', async (_name, extra, send) => {
    await fc.assert(
      fc.asyncProperty(awkwardRequest(target.port, extra), async (request) => {
        expect(sorted(await send(request))).toEqual(expectedOf(request))
      }),
      { numRuns: 150 },
    )
  })

  test.each(ways)('with a user name and a password through %s', async (name, _extra, send) => {
    // An empty one cannot be told from none by Windows PowerShell, which drops both; a colon is always there.
    const credentials = fc.string({ unit: 'grapheme-ascii', maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(awkwardRequest(target.port, []), credentials, credentials, async (some, me, pass) => {
        const user = `${me}:${pass}`
        const headers = some.headers.filter((one) => one.name.toLowerCase() !== 'authorization')
        const value = `Basic ${Buffer.from(user).toString('base64')}`
        const expected = { ...some, headers: [{ name: 'Authorization', value }, ...headers] }
        const received = await send({ ...some, headers, user })
        expect({ name, ...sorted(received) }).toEqual({ name, ...expectedOf(expected) })
      }),
      { numRuns: 60 },
    )
  })

  test.each(ways)('a long text through %s', async (_name, _extra, send) => {
    const body = JSON.stringify({ text: 'It’s "50 %" off! '.repeat(300) })
    const request = { method: 'POST', url: `http://127.0.0.1:${target.port}/`, headers: [], body }
    expect(sorted(await send(request))).toEqual(expectedOf(request))
  })

  test('more than a megabyte, without asking the server first', async () => {
    const body = 'to=%2B1&text=It’s\n'.repeat(60_000)
    const request = { method: 'POST', url: `http://127.0.0.1:${target.port}/`, headers: [], body }
    const received = await target.receive('sh', [], Buffer.from(written(request, 'sh')))
    expect(sorted(received).headers).toEqual(expectedOf(request).headers)
    expect(received.body === expectedOf(request).body).toBe(true)
  })
})
