import type { Database } from 'better-sqlite3'
import { defaultReplyWords, replyWordsSchema, type ReplyWords } from '#shared/callbacks/reply-words.ts'
import { readPreferences, writePreference } from '../../db/preferences.ts'

const kept = 'replyWords'

export function readReplyWords(db: Database): ReplyWords {
  const parsed = replyWordsSchema.safeParse(readPreferences(db)[kept])
  return parsed.success ? parsed.data : defaultReplyWords
}

export function writeReplyWords(db: Database, words: ReplyWords): void {
  writePreference(db, kept, words)
}
