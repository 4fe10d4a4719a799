import { describe, expect, it } from 'vitest'
import { defaultReplyWords, meaningOf, savedReplyWordsSchema } from '#shared/callbacks/reply-words.ts'

const issuesOf = (more: Partial<typeof defaultReplyWords>) => {
  const parsed = savedReplyWordsSchema.safeParse({ ...defaultReplyWords, ...more })
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

describe('words of replies', () => {
  it('may be saved as they come, emptied, and with words of any script', () => {
    expect(issuesOf({})).toEqual([])
    expect(issuesOf({ stop: [], start: ['СТАРТ', '开始'], helpAnswer: 'Reply HELP for help.' })).toEqual([])
  })

  it('stand in one list, once, whatever case and full stop', () => {
    expect(issuesOf({ stop: ['STOP', ' stop. '] })).toEqual([
      'stop.1: “stop.” is there twice. Case and a full stop make no difference.',
    ])
    expect(issuesOf({ help: ['HELP', 'Yes'] })).toEqual([
      'help.1: “Yes” is one of the START words. Keep it in one list.',
    ])
    expect(issuesOf({ stop: ['...'] })).toEqual(['stop.0: “...” has no letter or digit.'])
  })

  it('are not the answer to HELP itself, which two workbenches would send to and fro', () => {
    expect(issuesOf({ helpAnswer: ' help! ' })).toEqual([
      'helpAnswer: The answer is one of the words itself: another machine would answer it. Write a sentence.',
    ])
  })

  it('mean something as the whole reply alone', () => {
    const meanings = ['stop', ' Stop! ', 'please stop', 'ＳＴＯＰ', 'yes', 'info.', '', '…']
    expect(meanings.map((text) => meaningOf(text, defaultReplyWords))).toEqual([
      'stop',
      'stop',
      null,
      'stop',
      'start',
      'help',
      null,
      null,
    ])
  })
})
