import type { Database } from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import type { MaskedText, RecordedRequest } from '#shared/attempt.ts'
import { readE164, writeNumber, type CountryCode } from '#shared/phone.ts'
import type { Preview, PreviewInput } from '#shared/provider-tools.ts'
import type { Vault } from '../secrets/vault.ts'
import { UnrenderableError } from '../sending/render/escape.ts'
import { revealText, type SecretValue } from '../sending/render/masked-text.ts'
import { renderRequest } from '../sending/render/render.ts'
import type { PlaceholderValues } from '../sending/render/render-template.ts'
import { openSecret } from './provider-secrets.ts'

/** The request that a draft makes of what is typed so far. */
export function previewRequest(db: Database, vault: Vault, input: PreviewInput, userAgent: string): Preview {
  const { id, settings, secrets } = input.draft
  const known: SecretValue = (name) =>
    Object.hasOwn(secrets, name) ? (secrets[name] ?? '') : openSecret(db, vault, id, name)
  const values = sampleValues(input)
  try {
    const secretValue = input.reveal ? orEmpty(known) : ifReadable(known)
    const context = { values, secretValue, userAgent, showMissing: true }
    const { recorded } = renderRequest(
      settings,
      settings.batch ? { ...context, messages: twoOf(values) } : context,
    )
    return { ok: true, request: input.reveal ? revealed(recorded, known) : recorded }
  } catch (error) {
    if (error instanceof UnrenderableError) return { ok: false, problem: error.message }
    throw error
  }
}

/** What is missing has no value at all, and is shown by its name. */
function sampleValues({ draft, to, country, text, values }: PreviewInput): PlaceholderValues {
  const phone = readE164(to, country as CountryCode | null)
  const given = {
    ...values,
    To: phone ? writeNumber(phone.e164, draft.settings.numberFormat) : '',
    Body: text,
  }
  const filled = Object.entries(given).filter(([, value]) => value !== '')
  return { ...Object.fromEntries(filled), From: draft.settings.from.trim() }
}

/** A second record, of placeholders' names, shows that and how the first is repeated. */
const twoOf = (values: PlaceholderValues): PlaceholderValues[] => [values, { From: values['From'] ?? '' }]

/** For a request whose secrets stay masked, but which is as long as it will be. */
function ifReadable(known: SecretValue): SecretValue {
  return (name) => {
    try {
      return known(name)
    } catch (error) {
      if (error instanceof AppError) return ''
      throw error
    }
  }
}

function orEmpty(known: SecretValue): SecretValue {
  return (name) => unlessMissing(() => known(name), '')
}

function unlessMissing<T>(find: () => T, otherwise: T): T {
  try {
    return find()
  } catch (error) {
    if (error instanceof AppError && error.code === 'secret_missing') return otherwise
    throw error
  }
}

function revealed(request: RecordedRequest, known: SecretValue): RecordedRequest {
  const reveal = (text: MaskedText): MaskedText => text.map((part) => revealPart(part, known))
  return {
    method: request.method,
    url: reveal(request.url),
    headers: request.headers.map(({ name, value }) => ({ name, value: reveal(value) })),
    body: reveal(request.body),
  }
}

/** A secret without a value stays masked, as does the access token, which no vault holds. */
function revealPart(part: MaskedText[number], known: SecretValue): MaskedText[number] {
  return typeof part === 'string'
    ? part
    : unlessMissing<MaskedText[number]>(() => revealText([part], known), part)
}
