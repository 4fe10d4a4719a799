import type { WrittenCurl } from './write.ts'
import { curlOptions, dataFromInput, dataRaw, hasBody, type CurlRequest } from './write-options.ts'

const control = /[\u0000-\u0009\u000B-\u001F\u007F]/
/** Linux takes no argument longer than 128 KiB, which counts bytes; a pipe has no such limit. */
const longest = 30_000

/**
 * For sh, bash and zsh alike, as `$'…'` is not known to every sh. Inside single quotes nothing has a meaning, line
 * breaks included. Other control characters would be taken as keys when they are pasted, and a NUL fits into no
 * argument at all: then printf makes the body, and curl reads it from its input.
 */
export function writeForSh(request: CurlRequest): WrittenCurl {
  const piped = control.test(request.body) || request.body.length > longest
  const data = !hasBody(request) ? null : piped ? dataFromInput : dataRaw(request.body)
  const words = curlOptions(request, data, true).map(({ flag, value }) =>
    value === null ? flag : `${flag} ${argument(value)}`,
  )
  const command = [`curl ${argument(request.url)}`, ...words].join(' \\\n  ')
  return { ok: true, command: piped ? `${printf(request.body)} |\n  ${command}` : command, notes: [] }
}

function argument(value: string): string {
  return control.test(value) ? `"$(${printf(value)})"` : `'${value.replaceAll("'", `'\\''`)}'`
}

/** The escapes of printf's format that every shell reads alike: `\\`, `%%` and three octal digits. */
function printf(text: string): string {
  const octal = (character: string) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`
  const format = text
    .replace(/[\\%]/g, (character) => character + character)
    // Quotes, and what history expansion looks for; a leading hyphen would be an option.
    .replace(/['!]|^-/g, octal)
    // A digit after an escape would be read as a part of it by some.
    .replace(/[\u0000-\u0009\u000B-\u001F\u007F]+[0-7]?/g, (run) => run.replace(/[^]/g, octal))
  return `printf '${format}'`
}
