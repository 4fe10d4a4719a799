const name = 'SMS_WORKBENCH_PASSPHRASE'
let given: string | null = null

/**
 * The vault's passphrase from the environment, null without one. It is taken out of there when it is first read: every
 * program that this one starts, the browser among them, would inherit it.
 */
export function givenPassphrase(): string | null {
  given = process.env[name] ?? given
  delete process.env[name]
  return given
}
