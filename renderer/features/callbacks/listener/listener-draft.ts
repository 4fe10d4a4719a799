import { listenerSettingsSchema, type ListenerSettings } from '#shared/callbacks/listener.ts'
import { issuesByPath } from '../../../lib/errors.ts'

/** The listener's settings as they are typed. */
export interface ListenerDraft extends Omit<ListenerSettings, 'port'> {
  port: string
}

export const draftOf = (settings: ListenerSettings): ListenerDraft => ({
  ...settings,
  port: String(settings.port),
})

/** What is to be saved, or what is wrong by field. */
export function settingsOf(
  draft: ListenerDraft,
): { ok: true; settings: ListenerSettings } | { ok: false; errors: Record<string, string> } {
  const port = /^\d{1,6}$/.test(draft.port.trim()) ? Number(draft.port) : 0
  const parsed = listenerSettingsSchema.safeParse({ ...draft, port })
  if (parsed.success) return { ok: true, settings: parsed.data }
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  return { ok: false, errors: issuesByPath(issues) }
}

export function isSameDraft(one: ListenerDraft, other: ListenerDraft): boolean {
  return JSON.stringify(trimmed(one)) === JSON.stringify(trimmed(other))
}

const trimmed = ({ port, publicUrl, allInterfaces, refuseInvalidSignatures }: ListenerDraft) => [
  port.trim(),
  publicUrl.trim(),
  allInterfaces,
  refuseInvalidSignatures,
]
