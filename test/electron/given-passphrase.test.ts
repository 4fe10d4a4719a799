import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { givenPassphrase } from '../../electron/given-passphrase.ts'

it('is read as often as needed, and no program that is started later inherits it', () => {
  expect(givenPassphrase()).toBeNull()
  process.env['SMS_WORKBENCH_PASSPHRASE'] = 'planted-passphrase'
  expect(givenPassphrase()).toBe('planted-passphrase')
  expect(givenPassphrase()).toBe('planted-passphrase')
  const script = 'process.stdout.write(JSON.stringify(process.env))'
  const { stdout } = spawnSync(process.execPath, ['--eval', script], { encoding: 'utf8' })
  expect(stdout).not.toContain('planted-passphrase')
})
