import { AppError } from '#shared/errors.ts'
import type { AttemptOutcome } from '#shared/outcome.ts'
import type { TokenTest } from '#shared/provider-tools.ts'
import { genericKind, type ProviderDraft } from '#shared/provider.ts'
import type { StoreHandle } from '../db/store-handle.ts'
import { notRenderable } from '../messages/render-message.ts'
import { recordResponse, redactFacts } from '../messages/record-answer.ts'
import type { Handlers } from '../rpc.ts'
import type { Vault } from '../secrets/vault.ts'
import { Cancellation } from '../sending/cancellation.ts'
import type { Access } from '../sending/access/access.ts'
import type { RenderedRequest } from '../sending/render/render.ts'
import type { Way } from '../sending/access/routes.ts'
import { renderTokenRequest } from '../sending/access/token-request.ts'
import { getProviderVersion } from '../db/providers.ts'
import { archivedError } from './provider-settings.ts'
import { secretsOfDraft } from './provider-secrets.ts'

type TokenHandlers = Pick<Handlers, 'providers.testToken' | 'providers.cancelTokenTest'>

export interface TokenHandlerParts {
  stores: StoreHandle
  vault: Vault
  access: Access
  userAgent: string
  now: () => number
}

export function tokenHandlers(parts: TokenHandlerParts): TokenHandlers {
  const running = new Map<string, Cancellation>()
  return {
    'providers.testToken': async ({ key, draft }) => {
      const stop = new Cancellation()
      running.set(key, stop)
      try {
        return await testToken(parts, draft, stop)
      } finally {
        if (running.get(key) === stop) running.delete(key)
      }
    },
    'providers.cancelTokenTest': async ({ key }) => {
      running.get(key)?.cancel()
      return null
    },
  }
}

async function testToken(
  parts: TokenHandlerParts,
  draft: ProviderDraft,
  stop: Cancellation,
): Promise<TokenTest> {
  const { stores, vault, access, userAgent, now } = parts
  const { settings } = draft
  const { auth } = settings
  if (auth.kind !== 'oauth2' || draft.kind !== genericKind) {
    const message = 'Choose OAuth 2.0 as the authentication, then test the token.'
    throw new AppError('invalid_input', message, { issues: [{ path: 'draft.settings.auth.kind', message }] })
  }
  const secretValue = stores.store.read((db) => {
    if (getProviderVersion(db, draft.id)?.archived_at) throw archivedError()
    return secretsOfDraft(db, vault, draft)
  })
  const context = { values: { From: settings.from }, secretValue, userAgent }
  let request: RenderedRequest | undefined
  let way: Way
  try {
    request = renderTokenRequest(settings, auth, context)
    way = await access.routes.of(settings.connection, request.url, context)
  } catch (error) {
    return nothingSent(notRenderable(error), request)
  }
  if (!way.ok) return nothingSent(way.outcome, request)
  const startedAt = now()
  const { timeouts } = settings
  const wish = { providerId: draft.id, request, timeouts, route: way.route }
  const { outcome, grant, answer, trace } = await access.tokens.fetch(wish, stop)
  const lifetime = grant?.expiresInSeconds
  return {
    outcome: { ...outcome, facts: redactFacts(outcome.facts, vault) },
    request: request.recorded,
    response: answer ? recordResponse(answer, vault) : null,
    timings: trace.timings,
    expiresAt: lifetime === undefined || lifetime === null ? null : startedAt + lifetime * 1000,
    scope: grant?.scope ?? null,
  }
}

function nothingSent(outcome: AttemptOutcome, request?: RenderedRequest): TokenTest {
  return {
    outcome,
    request: request?.recorded ?? null,
    response: null,
    timings: null,
    expiresAt: null,
    scope: null,
  }
}
