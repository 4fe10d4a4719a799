import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { verdictOf } from '#shared/verdict.ts'
import { openStore } from '../../../electron/db/store-handle.ts'
import { EventHub } from '../../../electron/events.ts'
import { createLog } from '../../../electron/log.ts'
import { Sender } from '../../../electron/messages/sender.ts'
import { openVault } from '../../../electron/secrets/vault.ts'
import { openAccess } from '../../../electron/sending/access/access.ts'
import type { Outgoing } from '../../../electron/sending/outgoing.ts'
import { noSystemProxy } from '../../../electron/sending/access/system-proxy.ts'
import { onlyAttempt, providerInput, sendInput } from '../../helpers/messages.ts'

it('a fault of our own in the middle of an exchange is an outcome, and the log holds it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'failing-'))
  const log = createLog(folder, (text) => text)
  const stores = openStore(folder, { log })
  const vault = openVault(folder, { keychain: null, log })
  const outgoing: Outgoing = {
    send: () => Promise.reject(new TypeError('a fault of our own')),
    close: () => Promise.resolve(),
  }
  const parts = { outgoing, systemProxy: noSystemProxy, remember: () => {}, forget: () => {}, now: Date.now }
  const access = openAccess(parts)
  const events = new EventHub()
  const sender = new Sender({ stores, vault, access, events, log, userAgent: 'test', ...parts })
  const { outcome, bytesOut } = onlyAttempt(await sender.send(sendInput(providerInput())))
  // Nobody knows how far it had come.
  expect(outcome).toMatchObject({ class: 'unknown', code: 'workbench_failed' })
  expect(bytesOut).toBe(true)
  expect(outcome && verdictOf(outcome).next).toContain('may still arrive')
  await stores.close()
  await log.close()
  expect(readFileSync(join(folder, 'logs', 'workbench.log'), 'utf8')).toContain('a fault of our own')
  rmSync(folder, { recursive: true })
})
