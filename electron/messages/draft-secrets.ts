import type { MessageStory } from '#shared/message.ts'
import type { DirectInput } from '#shared/send-input.ts'

const mostDrafts = 50

/** Secrets typed in drafts, by attempt, so that what has just been sent can be revealed; never written down. */
export class DraftSecrets {
  private readonly kept = new Map<string, Record<string, string>>()

  remember(story: MessageStory, { provider }: DirectInput): void {
    const [attempt] = story.story
    if (provider.kind !== 'draft' || !attempt) return
    this.kept.set(attempt.id, provider.draft.secrets)
    const [oldest] = this.kept.keys()
    if (this.kept.size > mostDrafts && oldest !== undefined) this.kept.delete(oldest)
  }

  secret(attemptId: string, name: string): string | undefined {
    const secrets = this.kept.get(attemptId)
    return secrets && Object.hasOwn(secrets, name) ? secrets[name] : undefined
  }
}
