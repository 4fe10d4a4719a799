import type { MessageStory } from '#shared/message.ts'
import { deletedProviderName } from '#shared/provider-uses.ts'
import { storyText } from '#shared/story/story-text.ts'
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

const day = (at: Date) => [at.getFullYear(), at.getMonth() + 1, at.getDate()]
const time = (at: Date) => [at.getHours(), at.getMinutes(), at.getSeconds()]
const two = (value: number) => String(value).padStart(2, '0')

/** Local time, the same in every language: a script may read it. */
function clock(epoch: number): string {
  const at = new Date(epoch)
  return `${day(at).map(two).join('-')} ${time(at).map(two).join(':')}`
}
