import type { Database } from 'better-sqlite3'
import type { BundleExport, BundleExportInput } from '#shared/bundle/bundle-commands.ts'
import type { Bundle } from '#shared/bundle/format.ts'
import { countsOf } from '#shared/bundle/counts.ts'
import { harOf } from './har.ts'
import { longestBundle } from '#shared/bundle/limits.ts'
import { secretNamesOf } from '#shared/settings-texts.ts'
import { AppError } from '#shared/errors.ts'
import type { Vault } from '../secrets/vault.ts'
import { sizeOf, textOf } from './bundle-text.ts'
import { gatherBundle } from './gather.ts'
import { maskNumbers } from './mask-numbers.ts'
import { maskTexts } from './mask-text.ts'
import { readBundle } from './read-bundle.ts'
import { takeOutSecrets } from './take-out-secrets.ts'

/** Throws `not_found`, `vault_locked`, and `invalid_input` where it would be too long to be opened. */
export function exportBundle(
  db: Database,
  vault: Vault,
  { messageId, form, maskNumbers: numbersToo, maskText }: BundleExportInput,
  about: { program: string; now: number },
): BundleExport {
  const whole = takeOutSecrets(db, vault, gatherBundle(db, messageId, about))
  const texts = maskText ? maskTexts(whole.bundle) : whole.bundle
  const { bundle, numbers } = numbersToo ? maskNumbers(texts) : { bundle: texts, numbers: 0 }
  const written = form === 'har' ? { text: harText(bundle), bundle } : writeFitting(bundle)
  return {
    fileName: fileNameOf(bundle, form),
    text: written.text,
    bytes: Buffer.byteLength(written.text),
    counts: countsOf(written.bundle),
    secrets: [...new Set(bundle.providers.flatMap(({ settings }) => secretNamesOf(settings)))].sort(),
    removed: whole.removed,
    numbers,
  }
}

const harText = (bundle: Bundle) => `${JSON.stringify(harOf(bundle), null, 1)}\n`

/** Later callbacks are left out where all of them would be too long. What cannot be read again is not written. */
function writeFitting(bundle: Bundle): { text: string; bundle: Bundle } {
  let fitting = bundle
  for (;;) {
    const text = textOf(fitting)
    if (sizeOf(text) <= longestBundle) {
      readBundle(text)
      return { text, bundle: fitting }
    }
    const { length } = fitting.callbacks
    if (length === 0) throw tooLong()
    const fewer = fitting.callbacks.slice(0, Math.floor(length * 0.8))
    fitting = { ...fitting, callbacks: fewer, leftOut: fitting.leftOut + length - fewer.length }
  }
}

function tooLong(): AppError {
  const message = 'The bundle would be too long to be opened. Save it as HAR.'
  return new AppError('invalid_input', message, { issues: [{ path: 'form', message }] })
}

function fileNameOf({ message, exportedAt }: Bundle, form: BundleExportInput['form']): string {
  const about = `message-${message.id.slice(-12)}-${exportedAt.slice(0, 10)}`
  return form === 'har' ? `${about}.har` : `${about}.smsbundle.json`
}
