import { randomUUID } from 'node:crypto'
import type { Attempt } from '#shared/attempt.ts'
import type { MessageStory } from '#shared/message.ts'
import type { SendInput } from '#shared/send-input.ts'
import type { ProviderInput } from '#shared/provider.ts'
import type { ProviderSettings } from '#shared/settings.ts'
import { formRows, settingsWith } from './settings.ts'

export function providerInput(
  changes: Partial<ProviderSettings> = {},
  more: Partial<ProviderInput> = {},
): ProviderInput {
  const parameters = formRows({ to: '$$To', text: '$$Body' })
  const settings = settingsWith({ parameters, ...changes })
  return {
    id: randomUUID(),
    name: `Provider ${randomUUID().slice(0, 8)}`,
    kind: 'generic',
    settings,
    secrets: {},
    ...more,
  }
}

export function sendInput(provider: ProviderInput | string, more: Partial<SendInput> = {}): SendInput {
  return {
    key: randomUUID(),
    provider:
      typeof provider === 'string' ? { kind: 'saved', id: provider } : { kind: 'draft', draft: provider },
    to: '+14155550123',
    country: null,
    text: 'Hello',
    values: {},
    test: true,
    ...more,
  }
}

export function onlyAttempt(story: MessageStory): Attempt {
  const [attempt] = story.story
  if (!attempt || story.story.length !== 1)
    throw new Error(`expected one attempt, found ${story.story.length}`)
  return attempt
}
