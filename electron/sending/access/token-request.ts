import type { OAuth2, ProviderSettings, Row } from '#shared/settings.ts'
import { TextPair } from '../render/masked-text.ts'
import { appendBasic, renderRequest, type RenderedRequest } from '../render/render.ts'
import { renderTemplate, type RenderContext } from '../render/render-template.ts'

/**
 * The request for an access token with the client's credentials (RFC 6749, 4.4.2). Throws as `renderRequest` does. What
 * differs from message to message has no value in it, or each would need a token of its own.
 */
export function renderTokenRequest(
  settings: ProviderSettings,
  auth: OAuth2,
  messageContext: RenderContext,
): RenderedRequest {
  const context = { ...messageContext, values: { From: settings.from } }
  const inHeader = auth.credentialsIn === 'header'
  const rows = [
    row('grant_type', 'client_credentials'),
    ...(auth.scope.trim() === '' ? [] : [row('scope', auth.scope.trim())]),
    ...(inHeader ? [] : [row('client_id', auth.clientId), row('client_secret', auth.clientSecret)]),
    ...auth.parameters,
  ]
  const request = renderRequest(
    {
      ...settings,
      method: 'POST',
      endpoint: auth.tokenUrl,
      auth: { kind: 'none' },
      headers: [row('Accept', 'application/json')],
      parameters: { kind: 'form', rows },
      batch: null,
    },
    context,
  )
  return inHeader ? withHeader(request, 'Authorization', basicOf(auth, context)) : request
}

/** RFC 6749, 2.3.1: id and secret are form-encoded each, and then joined as in HTTP Basic. */
function basicOf(auth: OAuth2, context: RenderContext): TextPair {
  const credentials = renderTemplate(auth.clientId, 'form', context, true)
  credentials.text(':')
  credentials.append(renderTemplate(auth.clientSecret, 'form', context, true))
  const value = new TextPair()
  value.text('Basic ')
  appendBasic(value, credentials)
  return value
}

function withHeader(request: RenderedRequest, name: string, value: TextPair): RenderedRequest {
  const { recorded } = request
  return {
    ...request,
    headers: [[name, value.wire], ...request.headers],
    recorded: { ...recorded, headers: [...recorded.headers, { name, value: value.masked }] },
  }
}

function row(name: string, value: string): Row {
  return { name, value, enabled: true }
}
