import { expect, it } from 'vitest'
import { bodyTestSchema } from '#shared/success-rule.ts'

it.each([
  [{ kind: 'matches', pattern: '(' }, 'pattern'],
  [{ kind: 'matches', pattern: '' }, 'pattern'],
  [{ kind: 'contains', text: '' }, 'text'],
  [{ kind: 'json', path: ' ', equals: 'ok' }, 'path'],
])('refuses %j with words at its field', (test, field) => {
  const parsed = bodyTestSchema.safeParse(test)
  expect(parsed.error?.issues.map(({ path, message }) => [path.join('.'), message.length > 10])).toEqual([
    [field, true],
  ])
})
