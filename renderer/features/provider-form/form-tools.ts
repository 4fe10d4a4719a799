import { defineStore } from 'pinia'
import type { MessageStory } from '#shared/message.ts'
import type { ReadAnswerInput } from '#shared/provider-tools.ts'
import type { ProviderInput } from '#shared/provider.ts'
import { emptySettings } from '#shared/settings.ts'
import { call, onEvent } from '../../lib/api.ts'

/** What the form asks the workbench besides loading and saving. Nothing of it is kept. */
export const useFormTools = defineStore('form tools', () => {
  /** Only what the token's request is made of goes along, so the rest of the form may still be unfinished. */
  const testToken = (key: string, { settings, ...input }: ProviderInput) => {
    const { auth, connection, timeouts } = settings
    const endpoint = auth.kind === 'oauth2' ? auth.tokenUrl : ''
    return call('providers.testToken', {
      key,
      draft: { ...input, settings: { ...emptySettings(), endpoint, auth, connection, timeouts } },
    })
  }

  const cancelTokenTest = (key: string) => call('providers.cancelTokenTest', { key })

  const readAnswer = (input: ReadAnswerInput) => call('providers.readAnswer', input)

  /** The provider's newest test that got an answer, among the last few. */
  async function lastAnswered(providerId: string): Promise<MessageStory | null> {
    const listed = await call('messages.list', { providerId, test: true, before: null, limit: 5 })
    if (!listed.ok) return null
    for (const { id } of listed.value.messages) {
      const found = await call('messages.get', { id })
      if (found.ok && found.value.story.some((attempt) => attempt.response !== null)) return found.value
    }
    return null
  }

  /** Calls back when that provider may have changed; answers with the function that ends it. */
  function watchProvider(id: () => string | null, changed: () => void): () => void {
    const ends = [
      onEvent('providers.changed', (event) => {
        if (event.id === null || event.id === id()) changed()
      }),
      onEvent('host.resync', changed),
    ]
    return () => ends.forEach((end) => end())
  }

  return { testToken, cancelTokenTest, readAnswer, lastAnswered, watchProvider }
})
