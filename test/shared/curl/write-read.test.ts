import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readRequest } from '#shared/curl/read/curl-request.ts'
import { readCmd } from '#shared/curl/read/read-cmd.ts'
import { readPowerShell } from '#shared/curl/read/read-powershell.ts'
import { readSh } from '#shared/curl/read/read-sh.ts'
import { writeCurl, type CurlRequest, type Shell } from '#shared/curl/write/write.ts'
import { awkwardRequest } from './fixtures/awkward.ts'

const readers = { sh: readSh, cmd: readCmd, powershell: readPowerShell }

/** The import knows no configuration files, which PowerShell is given where quotes or other scripts occur. */
const isRead = (command: string) => !command.includes('--config')

test.each(['sh', 'cmd', 'powershell'] as const)(
  'a command written for %s is imported as the same request',
  (shell: Shell) => {
    fc.assert(
      fc.property(awkwardRequest(8025, []), (request: CurlRequest) => {
        const written = writeCurl(request, shell)
        if (!written.ok) throw new Error(written.problem)
        fc.pre(isRead(written.command))
        const { request: read, problem } = readRequest(readers[shell](written.command))
        expect(problem).toBe('')
        expect({ method: read?.method, body: read?.body ?? '', headers: read?.headers }).toEqual({
          method: request.method,
          body: request.body,
          headers: request.headers,
        })
      }),
      { numRuns: 300 },
    )
  },
)
