import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { providerInput } from '../../helpers/messages.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
beforeAll(async () => {
  test = await openTestWorkbench()
})
afterAll(() => test.close())

const withSecret = () =>
  providerInput(
    { auth: { kind: 'bearer', token: '{{secret:token}}' } },
    { secrets: { token: 'first-value' }, name: `Conflict ${randomUUID()}` },
  )

it('of two edits of one version the second is refused, and changes neither settings nor secrets', async () => {
  const input = withSecret()
  const { updatedAt: basedOn } = await test.call('providers.save', input)
  const mine = { ...input, name: `${input.name} mine`, secrets: {}, basedOn }
  const theirs = { ...input, name: `${input.name} theirs`, secrets: { token: 'second-value' }, basedOn }
  await test.call('providers.save', mine)
  const heard = test.events.length
  expect(await test.refusal('providers.save', theirs)).toMatchObject({ code: 'changed_elsewhere' })
  expect(await test.call('providers.get', { id: input.id })).toMatchObject({ name: mine.name })
  expect(await test.call('providers.revealSecret', { id: input.id, name: 'token' })).toEqual({
    value: 'first-value',
  })
  expect(test.events.slice(heard)).toEqual([])
})

it('two edits that come in the same moment share a commit, and still only the first holds', async () => {
  const input = withSecret()
  const { updatedAt: basedOn } = await test.call('providers.save', input)
  const save = (name: string) =>
    test.workbench.dispatch('providers.save', { ...input, name: `${input.name} ${name}`, basedOn })
  const [first, second] = await Promise.all([save('one'), save('two')])
  expect(first.ok).toBe(true)
  expect(second).toMatchObject({ ok: false, error: { code: 'changed_elsewhere' } })
  expect(await test.call('providers.get', { id: input.id })).toMatchObject({ name: `${input.name} one` })
})

it('who edits on from an own save, or names no version, is not refused', async () => {
  const input = withSecret()
  const first = await test.call('providers.save', input)
  const second = await test.call('providers.save', { ...input, basedOn: first.updatedAt })
  expect(second.updatedAt).toBeGreaterThan(first.updatedAt)
  await test.call('providers.save', { ...input, basedOn: second.updatedAt })
  await test.call('providers.save', input)
})

it('marking as default is not an edit', async () => {
  const input = withSecret()
  const { updatedAt: basedOn } = await test.call('providers.save', input)
  await test.call('providers.setDefault', { id: input.id })
  await test.call('providers.save', { ...input, basedOn })
})

it('a provider that is gone is said to be gone, not made anew by an edit of it', async () => {
  const input = { ...withSecret(), basedOn: 1 }
  expect(await test.refusal('providers.save', input)).toMatchObject({ code: 'not_found' })
  expect(await test.refusal('providers.get', { id: input.id })).toMatchObject({ code: 'not_found' })
})
