import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { dispatchThrough } from '../../electron/door.ts'

/** A host's door that does with a request what `onRequest` does. */
async function doorThat(onRequest: (socket: Socket) => void): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'sms-workbench-test-'))
  const path = join(folder, 'door.sock')
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => onRequest(socket))
  })
  await new Promise<void>((resolve) => server.listen(path, resolve))
  onTestFinished(async () => {
    await new Promise((resolve) => server.close(resolve))
    rmSync(folder, { recursive: true })
  })
  return path
}

const codeThrough = async (door: string) => {
  const call = dispatchThrough({ door, token: 'token' })('messages.send', {})
  return call.then(
    () => 'answered',
    (error: { code: string }) => error.code,
  )
}

describe.skipIf(process.platform === 'win32')('a call through the door', () => {
  it('was not taken where nobody listens, or where the host refuses it', async () => {
    expect(await codeThrough('/nowhere/door.sock')).toBe('workspace_in_use')
    const refusing = await doorThat((socket) =>
      socket.end('HTTP/1.1 401 No\r\nContent-Length: 4\r\n\r\nnull'),
    )
    expect(await codeThrough(refusing)).toBe('workspace_in_use')
  })

  it.each([
    ['before the answer', ''],
    ['within the head', 'HTTP/1.1 200 O'],
    ['within the body', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"ok":'],
    ['in an answer that says no length', 'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{"ok":'],
  ])('has an unknown outcome when it is cut off %s', async (_when, answer) => {
    expect(await codeThrough(await doorThat((socket) => socket.end(answer)))).toBe('host_lost')
  })

  it('is answered by an outcome', async () => {
    const body = '{"ok":true,"value":1}'
    const head = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`
    expect(await codeThrough(await doorThat((socket) => socket.end(head + body)))).toBe('answered')
  })
})
