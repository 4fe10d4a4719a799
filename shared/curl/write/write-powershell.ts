import type { WrittenCurl } from './write.ts'
import { curlOptions, dataRaw, hasBody, type CurlOption, type CurlRequest } from './write-options.ts'

/** CreateProcess takes 32,767 characters; curl reads lines of up to 100 KB from a configuration file. */
const [longestCommand, longestLine] = [30_000, 100_000]

/**
 * For Windows PowerShell 5.1 and PowerShell 7 alike. Version 5.1 drops empty arguments and spoils double quotes and
 * final backslashes in what it hands to a program, and 7.3 does not, so no one way of quoting is right in both. What
 * holds none of these is given as arguments; the rest as a configuration that curl reads from its input, where the
 * two differ in nothing.
 */
export function writeForPowerShell(request: CurlRequest): WrittenCurl {
  const data = hasBody(request) ? dataRaw(request.body) : null
  const options = curlOptions(request, data, false)
  const values = [request.url, ...options.flatMap(({ value }) => value ?? [])]
  if (values.some((value) => /[\u0000-\u0008\u000C\u000E-\u001F\u007F]/.test(value)))
    return {
      ok: false,
      problem: 'It holds a control character that cannot be pasted. Use the command for sh.',
    }
  const plain = values.every((value) => /^[\x20-\x7E]+$/.test(value) && !/["]|\\$/.test(value))
  if (plain && values.join('').length < longestCommand) return written(asArguments(request.url, options))
  const lines = configuration([{ flag: '', key: 'url', value: request.url }, ...options])
  if (lines.some((line) => line.length * 3 > longestLine && byteLength(line) > longestLine))
    return { ok: false, problem: 'It is longer than curl takes in one line. Use the command for sh.' }
  return written(asConfiguration(lines))
}

const written = (command: string): WrittenCurl => ({ ok: true, command, notes: [] })

function asArguments(url: string, options: CurlOption[]): string {
  const quoted = (value: string) => `'${value.replaceAll("'", "''")}'`
  const words = options.map(({ flag, value }) => (value === null ? flag : `${flag} ${quoted(value)}`))
  return [`curl.exe ${quoted(url)}`, ...words].join(' `\n  ')
}

/** In a block of its own the encoding is set for this command only: 5.1 would pipe ASCII. */
function asConfiguration(lines: string[]): string {
  const piped = ["@'", ...lines, "'@ | curl.exe --config -"].join('\n')
  if (lines.every((line) => /^[\x00-\x7F]*$/.test(line))) return piped
  return `& { $OutputEncoding = [Text.UTF8Encoding]::new($false)\n${piped} }`
}

const escapes: Record<string, string> = { '\n': 'n', '\r': 'r', '\t': 't', '\v': 'v' }

function configuration(options: CurlOption[]): string[] {
  return options.map(({ key, value }) => {
    if (value === null) return key
    return `${key} = "${value.replace(/["\\\n\r\t\v]/g, (character) => `\\${escapes[character] ?? character}`)}"`
  })
}

function byteLength(text: string): number {
  return encodeURIComponent(text).replace(/%../g, '-').length
}
