import type { Shell } from '../shells.ts'
import { writeForCmd } from './write-cmd.ts'
import { withoutCredentials, type CurlRequest } from './write-options.ts'
import { writeForPowerShell } from './write-powershell.ts'
import { writeForSh } from './write-sh.ts'

export type { CurlRequest, Shell }

/** `notes` say what the command needs to do what it should; `problem`, why there is none. */
export type WrittenCurl = { ok: true; command: string; notes: string[] } | { ok: false; problem: string }

const writers: Record<Shell, (request: CurlRequest) => WrittenCurl> = {
  sh: writeForSh,
  cmd: writeForCmd,
  powershell: writeForPowerShell,
}

/** The command that, pasted into that shell, makes curl send this very request. */
export function writeCurl(request: CurlRequest, shell: Shell): WrittenCurl {
  const { method, url, headers, body, user } = request
  // A lone surrogate has no bytes of its own in UTF-8; it goes out as U+FFFD.
  const wellFormed = (text: string) => text.replace(/\p{Surrogate}/gu, '\uFFFD')
  return writers[shell]({
    method,
    url: wellFormed(withoutCredentials(url)),
    headers: headers.map(({ name, value }) => ({ name, value: wellFormed(value) })),
    body: wellFormed(body),
    user,
  })
}
