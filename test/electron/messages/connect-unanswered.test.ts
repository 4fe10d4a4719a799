import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'
import { openTestWorkbench } from '../../helpers/workbench.ts'

/** A program that takes hardly any connection, and none once it is stopped: the kernel leaves further ones unanswered. */
const program = `
const server = require('node:net').createServer(() => {})
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port))
`

it.skipIf(process.platform !== 'linux')(
  'a connection that nobody answers ends with the connect time-out, over a real socket',
  async () => {
    const server = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [printed] = (await once(server.stdout, 'data')) as [Buffer]
    const port = Number(String(printed).trim())
    server.kill('SIGSTOP')
    const waiting = Array.from({ length: 8 }, () =>
      connect({ port, host: '127.0.0.1' }).on('error', () => {}),
    )
    const test = await openTestWorkbench()
    const timeouts = { connectMs: 300, tlsMs: 5000, firstByteMs: 5000, totalMs: 5000 }
    const draft = providerInput({ endpoint: `http://127.0.0.1:${port}/send`, timeouts })
    const story = await test.call('messages.send', sendInput(draft))
    expect(onlyAttempt(story)).toMatchObject({
      bytesOut: false,
      outcome: {
        class: 'unavailable',
        code: 'connect_timed_out',
        facts: { timeout: 'connect', timeoutMs: 300 },
      },
    })
    for (const socket of waiting) socket.destroy()
    await test.close()
    server.kill('SIGKILL')
  },
)
