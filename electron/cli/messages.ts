import type { MessageStory } from '#shared/message.ts'
import { deletedProviderName } from '#shared/provider-uses.ts'
import { storyText } from '#shared/story/story-text.ts'
import { clock } from './clock.ts'
import { connect, valueOf } from './connect.ts'
import { printResult } from './output.ts'
import type { ListOptions } from './providers.ts'

/** Prints a message's story, in the words of its page. */
export async function showMessage(id: string, { workspace, json }: ListOptions): Promise<void> {
  const { dispatch, close } = await connect(workspace)
  try {
    const story: MessageStory = valueOf(await dispatch('messages.get', { id }))
    const providers = valueOf(await dispatch('providers.list', undefined))
    const names = new Map(providers.map((provider) => [provider.id, provider.name]))
    const nameOf = (providerId: string) => names.get(providerId) ?? deletedProviderName
    printResult(json, story, () => storyText(story, { nameOf, clock }))
  } finally {
    await close()
  }
}
