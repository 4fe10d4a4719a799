/** What the attempts of a provider that was deleted are named. */
export const deletedProviderName = 'deleted provider'

/** Who uses a provider: one entry for each mark, message, group or campaign that an operation on it affects. */
export type ProviderUse =
  | { kind: 'default' }
  /** `last`: it is the group's only member that is left. */
  | { kind: 'group'; name: string; last: boolean }
  | { kind: 'on_their_way'; count: number }
  /** `waiting`: its messages that have not been sent. */
  | { kind: 'bulk'; name: string; waiting: number }

/** What archiving or deleting a provider affects. */
export interface ProviderImpact {
  id: string
  name: string
  archived: boolean
  /** Messages that go with it, and their attempts. */
  messages: number
  attempts: number
  /** Messages that other providers tried as well: they stay, with this one's attempts emptied. */
  emptied: number
  /** All-time figures that go. */
  figures: { sent: number; delivered: number; errors: number }
  /** As its form calls them. */
  secrets: string[]
  uses: ProviderUse[]
}

const counted = (count: number, one: string, many: string) =>
  count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${many}`

/** What becomes of a use when the provider goes. */
export function useWords(use: ProviderUse, operation: 'archive' | 'delete'): string {
  if (use.kind === 'default') return 'It is the default: afterwards no provider is, until one is marked.'
  if (use.kind === 'group') return groupWords(use, operation)
  if (use.kind === 'bulk')
    return `The bulk test “${use.name}” stops: ${counted(use.waiting, 'message has', 'messages have')} not been sent.`
  const messages = counted(use.count, 'message is', 'messages are')
  return operation === 'archive'
    ? `${messages} on the way through it now, and will be finished.`
    : `${messages} on the way through it now: it can be deleted once they are finished.`
}

function groupWords(
  { name, last }: { name: string; last: boolean },
  operation: 'archive' | 'delete',
): string {
  const end = last ? ' No member is left then that could take a message.' : ''
  return operation === 'archive'
    ? `The group “${name}” has it as a member: it stays there, marked as archived, and is skipped.${end}`
    : `The group “${name}” has it as a member: it leaves the group.${end}`
}

/** Everything that archiving stops, or that deleting removes, a line each. */
export function impactWords(impact: ProviderImpact, operation: 'archive' | 'delete'): string[] {
  const uses = impact.uses.map((use) => useWords(use, operation))
  if (operation === 'archive')
    return [
      'It leaves every list to choose from, and nothing is sent through it any more.',
      'Its settings can be read and not changed; its messages and figures stay readable.',
      ...uses,
    ]
  const { messages, attempts, emptied, figures, secrets } = impact
  return [
    messages === 0
      ? 'No message goes with it.'
      : `${counted(messages, 'message', 'messages')} and ${counted(attempts, 'attempt', 'attempts')} go with it.`,
    ...(emptied > 0
      ? [
          `${counted(emptied, 'message', 'messages')} that another provider tried as well ${emptied === 1 ? 'stays' : 'stay'}: its attempts in them are emptied and named “${deletedProviderName}”.`,
        ]
      : []),
    `Its figures go: ${figures.sent.toLocaleString('en')} sent, ${counted(figures.errors, 'error', 'errors')}.`,
    ...(secrets.length > 0
      ? [`${counted(secrets.length, 'secret goes', 'secrets go')}: ${secrets.join(', ')}.`]
      : []),
    ...uses,
  ]
}
