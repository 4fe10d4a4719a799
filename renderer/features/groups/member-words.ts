import type { GroupMember } from '#shared/group.ts'
import { sentence } from '#shared/verdict/phrases.ts'
import type { StateWords } from '../providers/breaker-words.ts'

/** What keeps a member from being tried, or nothing. */
export function stateWords({
  state,
  attention,
}: Pick<GroupMember, 'state' | 'attention'>): StateWords | null {
  switch (state) {
    case 'ready':
      return null
    case 'needs_attention':
      return {
        word: 'Needs attention',
        tone: 'warn',
        reason: `${sentence(attention ?? 'The last attempt says that something has to be mended')} It is skipped until it is edited or a test passes.`,
      }
    case 'secrets_missing':
      return {
        word: 'Secret missing',
        tone: 'warn',
        reason:
          'A secret has to be entered again. Until then the first message that comes to it moves on with nothing sent, and later ones skip it.',
      }
    case 'archived':
      return { word: 'Archived', tone: 'quiet', reason: 'It is archived for good, and skipped.' }
    case 'deleted':
      return { word: 'Deleted', tone: 'quiet', reason: 'It does not exist any more, and is skipped.' }
  }
}
