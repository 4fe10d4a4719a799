import { ref } from 'vue'
import { expect, test } from 'vitest'
import { useMemberList } from '../../../renderer/features/groups/use-member-list.ts'

function listOf(...ids: string[]) {
  const members = ref(ids)
  return { members, list: useMemberList(members, (id) => id.toUpperCase()) }
}

test('a provider moves up and down, and where it went is said', () => {
  const { members, list } = listOf('a', 'b', 'c')
  expect(list.move(2, 1)).toBe(true)
  expect(members.value).toEqual(['a', 'c', 'b'])
  expect(list.said.value).toBe('C moved to position 2 of 3')
  list.move(0, 2)
  expect(members.value).toEqual(['c', 'b', 'a'])
  expect(list.said.value).toBe('A moved to position 3 of 3')
})

test('nothing moves past either end, or to where it is', () => {
  const { members, list } = listOf('a', 'b')
  expect([list.move(0, -1), list.move(1, 2), list.move(1, 1), list.move(5, 0)]).toEqual(
    Array.from({ length: 4 }, () => false),
  )
  expect(members.value).toEqual(['a', 'b'])
  expect(list.said.value).toBe('')
})

test('the eleventh is refused with a word, until there is room again', () => {
  const { members, list } = listOf(...'abcdefghij')
  expect(list.add('k')).toBe(false)
  expect(members.value).toHaveLength(10)
  expect(list.refused.value).toBe('K was not added: a group holds 10 providers at most. Remove one first.')
  list.remove(3)
  expect(list.refused.value).toBe('')
  expect(list.said.value).toBe('D removed, 9 left')
  expect(list.add('k')).toBe(true)
  expect(members.value.join('')).toBe('abcefghijk')
  expect(list.said.value).toBe('K added at position 10 of 10')
})

test('one that is there already is not added again', () => {
  const { members, list } = listOf('a')
  expect(list.add('a')).toBe(false)
  expect(members.value).toEqual(['a'])
  expect(list.refused.value).toBe('')
})
