import { AppError } from '#shared/errors.ts'
import type { AttemptOutcome } from '#shared/message.ts'
import { UnrenderableError } from '../sending/escape.ts'
import { renderRequest, type RenderedRequest } from '../sending/render.ts'
import type { Prepared } from './prepare.ts'

export type Rendered = { ok: true; request: RenderedRequest } | { ok: false; outcome: AttemptOutcome }

/** What keeps a request from being built is an outcome like any other, so that its story is kept. */
export function renderMessage(prepared: Prepared, userAgent: string): Rendered {
  const { settings, phone, input, secretValue } = prepared
  const values = {
    ...prepared.values,
    To: phone.e164,
    Body: input.text,
    From: settings.from,
    MessageID: input.key,
  }
  try {
    return { ok: true, request: renderRequest(settings, { values, secretValue, userAgent }) }
  } catch (error) {
    if (error instanceof UnrenderableError) {
      const facts = { reason: error.message }
      return { ok: false, outcome: { class: 'misconfigured', code: 'request_not_renderable', facts } }
    }
    if (error instanceof AppError && error.code === 'secret_missing') {
      const facts = { names: error.details.names ?? [] }
      return { ok: false, outcome: { class: 'misconfigured', code: 'secret_missing', facts } }
    }
    throw error
  }
}
