import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Attempt } from '#shared/attempt.ts'
import type { MessageStory } from '#shared/message.ts'
import {
  compareAttempts,
  compareMessages,
  comparePairs,
  type Compared,
} from '../../../renderer/features/compare/compare-attempts.ts'
import { comparedOf, comparesAll, messageIdOf } from '../../../renderer/features/compare/compare-load.ts'
import { pairAttempts } from '../../../renderer/features/compare/pair-attempts.ts'

function compared(changes: Partial<Attempt> = {}): Compared {
  const attempt: Attempt = {
    id: 'm/1',
    position: 1,
    providerId: 'p',
    providerName: 'Gateway',
    startedAt: 0,
    finishedAt: 1,
    outcome: { class: 'accepted', code: 'accepted', facts: { status: 200 } },
    bytesOut: true,
    request: {
      method: 'POST',
      url: ['https://sms.example/v1/send?key=', { secret: 'key', place: 'url' }, '&to=%2B1'],
      headers: [{ name: 'Content-Type', value: ['application/x-www-form-urlencoded'] }],
      body: ['text=Hello'],
    },
    response: { status: 200, statusText: 'OK', headers: [], body: '{"id":"1"}', bytes: 10 },
    timings: {
      dns: null,
      connect: 2,
      tls: null,
      firstByte: 10,
      download: 1,
      total: 13,
      reused: false,
      remoteAddress: null,
    },
    why: null,
    after: null,
    wait: null,
    ...changes,
  }
  const story = {
    id: 'm',
    to: '+14155550123',
    text: 'Hello',
    segments: 1,
    encoding: 'GSM-7',
    story: [attempt],
  }
  return comparedOf(story as unknown as MessageStory, 'm')
}

const differences = (left: Compared, right: Compared) =>
  compareAttempts(left, right).flatMap(({ title, rows }) =>
    rows.filter(({ mark }) => mark !== 'same').map(({ name, mark }) => `${title}: ${name} ${mark}`),
  )

test('an attempt does not differ from itself', () => {
  expect(differences(compared(), compared())).toEqual([])
})

test('what was sent and what came back is compared part by part', () => {
  const right = compared({
    outcome: { class: 'misconfigured', code: 'unauthorized', facts: { status: 401, errorCode: '20003' } },
    request: {
      method: 'GET',
      url: ['https://sms.example/v2/send?to=%2B2'],
      headers: [{ name: 'content-type', value: ['application/x-www-form-urlencoded'] }],
      body: [],
    },
    response: {
      status: 401,
      statusText: 'Unauthorized',
      headers: [],
      body: '{"id":"1","code":20003}',
      bytes: 20,
    },
  })
  expect(differences(compared(), right)).toEqual([
    'Result: Verdict differs',
    'Result: What happened differs',
    'Result: Provider’s code right',
    'Request: Method differs',
    'Request: Path differs',
    'Query parameters: key left',
    'Query parameters: to differs',
    'Request body: text left',
    'Response: Status differs',
    'Response: Size differs',
    'Response body: code right',
  ])
})

test('the timing says by how much the right side is slower or faster', () => {
  const slower = compared()
  slower.attempt!.timings = { ...slower.attempt!.timings!, total: 113, firstByte: 110, connect: 1 }
  const timing = compareAttempts(compared(), slower).find(({ title }) => title === 'Timing')
  expect(timing?.rows.map(({ name, difference }) => [name, difference])).toEqual([
    ['Total', '+100 ms'],
    ['Connect', '−1 ms'],
    ['Waiting', '+100 ms'],
    ['Download', undefined],
  ])
})

test('an attempt without request and answer stands beside one that has both', () => {
  const bare = compared({ request: null, response: null, timings: null, outcome: null })
  const found = differences(bare, compared())
  expect(found).toContain('Request: Method right')
  expect(found).toContain('Response: Status right')
  expect(found).toContain('Timing: Total right')
})

const runThrough = (...providers: string[]) =>
  ({
    ...compared().story,
    state: 'failed',
    settled: null,
    groupName: null,
    providerName: providers.at(-1),
    story: providers.map((name, index) => ({
      ...compared().attempt,
      id: `m/${index + 1}`,
      position: index + 1,
      providerId: name,
      providerName: name,
    })),
  }) as MessageStory
const pairsOf = (left: MessageStory, right: MessageStory) =>
  pairAttempts(left.story, right.story).map(
    (pair) => `${pair.left?.providerName ?? '-'}${pair.right?.providerName ?? '-'}`,
  )

test('attempts of two runs are paired by their provider, the rest from its end', () => {
  expect(pairsOf(runThrough('a', 'b', 'c'), runThrough('b', 'c'))).toEqual(['a-', 'bb', 'cc'])
  expect(pairsOf(runThrough('a', 'b', 'c'), runThrough('b'))).toEqual(['a-', 'bb', 'c-'])
  expect(pairsOf(runThrough('a', 'b', 'c'), runThrough('x'))).toEqual(['a-', 'b-', 'cx'])
  expect(pairsOf(runThrough('a', 'b'), runThrough('b', 'a'))).toEqual(['a-', 'bb', '-a'])
  expect(pairsOf(runThrough('a', 'x', 'b'), runThrough('a', 'y', 'z', 'b'))).toEqual(['aa', '-y', 'xz', 'bb'])
  expect(pairsOf(runThrough(), runThrough('a'))).toEqual(['-a'])
})

test('every attempt of both sides stands in one pair, in its order', () => {
  const runs = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 10 })
  fc.assert(
    fc.property(runs, runs, (left, right) => {
      const pairs = pairAttempts(runThrough(...left).story, runThrough(...right).story)
      const names = (side: 'left' | 'right') =>
        pairs.map((pair) => pair[side]?.providerName).filter((name) => name !== undefined)
      expect([names('left'), names('right')]).toEqual([left, right])
    }),
  )
})

test('two runs of a group are compared whole, with every attempt', () => {
  const [left, right] = [runThrough('a', 'b'), runThrough('b')]
  expect(comparesAll(left, right, ['m', 'n'])).toBe(true)
  expect(comparesAll(left, right, ['m/1', 'n'])).toBe(false)
  expect(comparesAll(runThrough('a'), right, ['m', 'n'])).toBe(false)
  const differing = compareMessages(left, right).rows.filter(({ mark }) => mark !== 'same')
  expect(differing.map(({ name }) => name)).toEqual(['Attempts'])
  const pairs = comparePairs(left, right).map(({ key, sections }) => [
    key,
    sections.flatMap(({ rows }) => rows).filter(({ mark }) => mark !== 'same').length > 0,
  ])
  expect(pairs).toEqual([
    ['1/', true],
    ['2/1', false],
  ])
})

test('an address may name one attempt of a message', () => {
  const { story } = compared()
  const second = { ...story.story[0]!, id: 'm/2', position: 2 }
  const twice = { ...story, story: [story.story[0]!, second] }
  expect(messageIdOf('m/1')).toBe('m')
  expect(comparedOf(twice, 'm').attempt?.position).toBe(2)
  expect(comparedOf(twice, 'm/1').attempt?.position).toBe(1)
})
