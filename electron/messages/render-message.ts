import { AppError } from '#shared/errors.ts'
import type { AttemptOutcome } from '#shared/outcome.ts'
import { writeNumber } from '#shared/phone.ts'
import { UnrenderableError } from '../sending/render/escape.ts'
import { renderRequest, type RenderedRequest } from '../sending/render/render.ts'
import type { RenderContext } from '../sending/render/render-template.ts'
import type { Prepared } from './prepare.ts'

export type Rendered = { ok: true; request: RenderedRequest } | { ok: false; outcome: AttemptOutcome }

/** What keeps a request from being built is an outcome like any other, so that its story is kept. */
export function renderMessage(prepared: Prepared, userAgent: string, accessToken?: string): Rendered {
  if (prepared.simulatorStopped)
    return { ok: false, outcome: { class: 'unavailable', code: 'simulator_stopped', facts: {} } }
  try {
    return {
      ok: true,
      request: renderRequest(prepared.settings, contextOf(prepared, userAgent, accessToken)),
    }
  } catch (error) {
    return { ok: false, outcome: notRenderable(error) }
  }
}

/** What a message's placeholders and secrets stand for. */
export function contextOf(prepared: Prepared, userAgent: string, accessToken?: string): RenderContext {
  const { settings, phone, input, secretValue, callbackUrl } = prepared
  const values = {
    ...(callbackUrl !== '' && { CallbackURL: callbackUrl }),
    ...prepared.values,
    To: writeNumber(phone.e164, settings.numberFormat),
    Body: input.text,
    From: settings.from,
    MessageID: input.key,
  }
  return { values, secretValue, userAgent, accessToken }
}

/** The outcome of an attempt whose request cannot be built; what is no fault of the settings is thrown on. */
export function notRenderable(error: unknown): AttemptOutcome {
  if (error instanceof UnrenderableError) {
    return { class: 'misconfigured', code: 'request_not_renderable', facts: { reason: error.message } }
  }
  if (error instanceof AppError && error.code === 'secret_missing') {
    return { class: 'misconfigured', code: 'secret_missing', facts: { names: error.details.names ?? [] } }
  }
  throw error
}
