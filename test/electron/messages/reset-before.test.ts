import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { openTestWorkbench } from '../../helpers/workbench.ts'

/** A program of its own that resets each connection, and says by a file that it has. */
const program = `
const server = require('node:net').createServer((socket) => {
  socket.once('close', () => require('node:fs').writeFileSync(process.argv[1], 'reset'))
  socket.resetAndDestroy()
})
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
`

it('a connection that is reset before a byte went out is unavailable, over a real socket', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'reset-'))
  const sign = join(folder, 'reset')
  const server = spawn(process.execPath, ['-e', program, sign], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [printed] = (await once(server.stdout, 'data')) as [Buffer]
  const test = await openTestWorkbench({
    network: {
      connect: (options) => {
        const socket = connect(options)
        // Connected by the kernel, and held here until the reset has come: else the request would overtake it.
        process.nextTick(() => {
          while (!existsSync(sign));
        })
        return socket
      },
    },
  })
  const endpoint = `http://127.0.0.1:${String(printed).trim()}/send`
  const story = await test.call('messages.send', sendInput(providerInput({ endpoint })))
  expect(onlyAttempt(story)).toMatchObject({
    bytesOut: false,
    outcome: { class: 'unavailable', code: 'reset_before_sending', facts: { systemCode: 'ECONNRESET' } },
  })
  await test.close()
  server.kill()
  rmSync(folder, { recursive: true })
})
