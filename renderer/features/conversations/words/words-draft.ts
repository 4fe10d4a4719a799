import {
  savedReplyWordsSchema,
  wordLists,
  type ReplyWords,
  type WordList,
} from '#shared/callbacks/reply-words.ts'

/** The words as they are typed: each list one word a line. */
export type WordsDraft = Record<WordList | 'helpAnswer', string>

export const wordsField = [...wordLists, 'helpAnswer'] as const
export type WordsField = (typeof wordsField)[number]

export function draftOf({ helpAnswer, ...lists }: ReplyWords): WordsDraft {
  const typed = (name: WordList) => lists[name].join('\n')
  return { stop: typed('stop'), start: typed('start'), help: typed('help'), helpAnswer }
}

/** Commas part words, too: lists are pasted so. */
export function wordsOf({ helpAnswer, ...lists }: WordsDraft): ReplyWords {
  const words = (name: WordList) =>
    lists[name]
      .split(/[\n,;]/)
      .map((word) => word.trim())
      .filter(Boolean)
  return { stop: words('stop'), start: words('start'), help: words('help'), helpAnswer: helpAnswer.trim() }
}

/** The first that is wrong with each field. */
export function wordErrors(words: ReplyWords): Partial<Record<WordsField, string>> {
  const parsed = savedReplyWordsSchema.safeParse(words)
  const found: Partial<Record<WordsField, string>> = {}
  for (const { path, message } of parsed.error?.issues ?? []) found[path[0] as WordsField] ??= message
  return found
}
