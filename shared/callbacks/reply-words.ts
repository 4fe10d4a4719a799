import { z } from 'zod'

export const wordLists = ['stop', 'start', 'help'] as const
export type WordList = (typeof wordLists)[number]

export const longestWord = 40
export const mostWords = 100
export const longestHelpAnswer = 1600

const list = z
  .array(
    z.string().trim().min(1, 'Write a word.').max(longestWord, `Keep a word to ${longestWord} characters.`),
  )
  .max(mostWords, `Keep it to ${mostWords} words.`)

/** Words of replies that change what a number may be sent; compared whole, whatever their case. */
export const replyWordsSchema = z.object({
  stop: list,
  start: list,
  help: list,
  /** The text that answers a HELP word, sent through the provider that brought it; empty: none is sent. */
  helpAnswer: z.string().max(longestHelpAnswer, `Keep the answer to ${longestHelpAnswer} characters.`),
})
export type ReplyWords = z.infer<typeof replyWordsSchema>

/** The same as they may be saved: each word once, and no answer that would be read as a word itself. */
export const savedReplyWordsSchema = replyWordsSchema.superRefine((words, context) => {
  const seen = new Map<string, WordList>()
  for (const name of wordLists)
    for (const [index, word] of words[name].entries()) {
      const bare = foldWord(word)
      const before = seen.get(bare)
      const message = bare === '' ? `“${word}” has no letter or digit.` : before && twice(word, before, name)
      if (message) context.addIssue({ code: 'custom', path: [name, index], message })
      else seen.set(bare, name)
    }
  if (meaningOf(words.helpAnswer, words) !== null)
    context.addIssue({
      code: 'custom',
      path: ['helpAnswer'],
      message: 'The answer is one of the words itself: another machine would answer it. Write a sentence.',
    })
})

function twice(word: string, before: WordList, now: WordList): string {
  if (before === now) return `“${word}” is there twice. Case and a full stop make no difference.`
  return `“${word}” is one of the ${before.toUpperCase()} words. Keep it in one list.`
}

export const defaultReplyWords: ReplyWords = {
  stop: ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT', 'BAJA', 'SAIR'],
  start: ['START', 'YES', 'UNSTOP'],
  help: ['HELP', 'INFO'],
  helpAnswer: '',
}

export type ReplyMeaning = WordList | null

/** What a reply asks for, by its whole text, whatever its case and the space around it. */
export function meaningOf(text: string, words: ReplyWords): ReplyMeaning {
  const bare = foldWord(text)
  if (bare === '') return null
  return wordLists.find((name) => words[name].some((word) => foldWord(word) === bare)) ?? null
}

/** What two spellings of a word have in common. */
function foldWord(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .replaceAll(/\s+/g, ' ')
    .replace(/[.!]+$/, '')
    .toLocaleUpperCase('en')
}
