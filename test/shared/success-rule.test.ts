import { expect, it } from 'vitest'
import { bodyTestSchema, readingSchema } from '#shared/success-rule.ts'

it.each([
  [{ kind: 'matches', pattern: '(' }, 'pattern'],
  [{ kind: 'matches', pattern: '' }, 'pattern'],
  [{ kind: 'contains', text: '' }, 'text'],
  [{ kind: 'json', path: ' ', equals: 'ok' }, 'path'],
  [{ kind: 'json', path: 'a[[0', equals: '' }, 'path'],
  [{ kind: 'xml', path: '', equals: '' }, 'path'],
  [{ kind: 'xml', path: 'a/b', equals: '' }, 'path'],
])('refuses %j with words at its field', (test, field) => {
  const parsed = bodyTestSchema.safeParse(test)
  expect(parsed.error?.issues.map(({ path, message }) => [path.join('.'), message.length > 10])).toEqual([
    [field, true],
  ])
})

const reading = (messageId: string) => readingSchema.safeParse({ messageId, errorCode: '', errorText: '' })

it.each(['', 'messages[0].id', '$', '/response/id', '//id/@code', '~^OK (\\d+)', ' data.id '])(
  'takes %j as the place of an id',
  (expression) => {
    expect(reading(expression).success).toBe(true)
  },
)

it.each(['a[[0', '/', '/a[', '~', '~(', 'a ||', '|| a', 'a || || b', 'a || b[[0', 'a || ~('])(
  'refuses %j as the place of an id',
  (expression) => {
    expect(reading(expression).error?.issues).toMatchObject([
      { path: ['messageId'], message: expect.stringMatching(/^[“A-Z].{15,}\.$/) },
    ])
  },
)
