import type { Database } from 'better-sqlite3'
import { defaultReplyWords, replyWordsSchema, type ReplyWords } from '#shared/callbacks/listener.ts'
import { readPreferences, writePreference } from '../db/preferences.ts'

const kept = 'replyWords'

export function readReplyWords(db: Database): ReplyWords {
  const parsed = replyWordsSchema.safeParse(readPreferences(db)[kept])
  return parsed.success ? parsed.data : defaultReplyWords
}

export function writeReplyWords(db: Database, words: ReplyWords): void {
  writePreference(db, kept, words)
}

export type ReplyMeaning = 'stop' | 'start' | 'help' | null

/** What a reply asks for, by its whole text, whatever its case and the space around it. */
export function meaningOf(text: string, words: ReplyWords): ReplyMeaning {
  const bare = foldWord(text)
  const has = (list: readonly string[]) => list.some((word) => foldWord(word) === bare)
  if (bare === '') return null
  if (has(words.stop)) return 'stop'
  if (has(words.start)) return 'start'
  return has(words.help) ? 'help' : null
}

const foldWord = (text: string) =>
  text
    .normalize('NFKC')
    .trim()
    .replaceAll(/\s+/g, ' ')
    .replace(/[.!]+$/, '')
    .toLocaleUpperCase('en')
