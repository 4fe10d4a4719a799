import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ReadAnswerInput } from '#shared/provider-tools.ts'
import { openTestWorkbench, type TestWorkbench } from '../../helpers/workbench.ts'

let test: TestWorkbench
beforeAll(async () => {
  test = await openTestWorkbench()
})
afterAll(() => test.close())

function input(changes: {
  success?: Partial<ReadAnswerInput['success']>
  reading?: Partial<ReadAnswerInput['reading']>
  codes?: ReadAnswerInput['codes']
  answer?: Partial<ReadAnswerInput['answer']>
}): ReadAnswerInput {
  return {
    success: { statusFrom: 200, statusTo: 299, body: { kind: 'none' }, ...changes.success },
    reading: { messageId: '', errorCode: '', errorText: '', ...changes.reading },
    codes: changes.codes ?? [],
    answer: { status: 200, contentType: 'application/json', body: '', ...changes.answer },
  }
}

it('says what each rule found, and what comes of it', async () => {
  const body = '{"status":"error","error":{"code":100200300400500600700,"text":"Bad number"},"id":null}'
  const reading = await test.call(
    'providers.readAnswer',
    input({
      success: { body: { kind: 'json', path: 'status', equals: 'ok' } },
      reading: { messageId: 'id', errorCode: 'error.code', errorText: '$.error.text' },
      codes: [{ code: '100200300400500600700', class: 'rejected' }],
      answer: { body },
    }),
  )
  expect(reading).toEqual({
    statusFits: true,
    bodyFits: false,
    body: { value: 'error', problem: null },
    messageId: { value: null, problem: 'Nothing is at this path.' },
    errorCode: { value: '100200300400500600700', problem: null },
    errorText: { value: 'Bad number', problem: null },
    outcome: {
      class: 'rejected',
      code: 'vendor_code',
      facts: { status: 200, errorCode: '100200300400500600700', errorText: 'Bad number' },
    },
  })
})

it('says in words why a rule found nothing, also where it is half typed', async () => {
  const problems = async (messageId: string, body: string) => {
    const answer = await test.call(
      'providers.readAnswer',
      input({ reading: { messageId }, answer: { body } }),
    )
    return answer.messageId.problem
  }
  expect(await problems('', 'x')).toBeNull()
  expect(await problems('id', 'OK')).toBe('The answer cannot be read as JSON.')
  expect(await problems('/id', 'OK')).toBe('The answer cannot be read as XML.')
  expect(await problems('//id', '<a/>')).toBe('Nothing is at this path.')
  expect(await problems('a[[0', '{}')).toContain('“[[0”')
  expect(await problems('/a[', '<a/>')).toContain('cannot be read')
  expect(await problems('~(', 'x')).toBe('This is not a valid regular expression.')
  expect(await problems('~', 'x')).toBe('Enter a regular expression.')
  expect(await problems('~y', 'x')).toBe('Nothing in the answer matches.')
  expect(await problems('~^(a+)+$', `${'a'.repeat(40)}!`)).toBe('The pattern took too long and was stopped.')
})

it('takes rules that are not finished: they hold for nothing', async () => {
  const unfinished = [
    { kind: 'json', path: '', equals: '' },
    { kind: 'xml', path: ' ', equals: '' },
    { kind: 'contains', text: '' },
    { kind: 'matches', pattern: '' },
  ] as const
  for (const body of unfinished) {
    const reading = await test.call(
      'providers.readAnswer',
      input({ success: { body }, answer: { body: '{}' } }),
    )
    expect(reading).toMatchObject({ bodyFits: false, body: { value: null, problem: null } })
  }
  const success = { statusFrom: Number.NaN, statusTo: null }
  const noRange = await test.call('providers.readAnswer', input({ success }))
  expect(noRange).toMatchObject({ statusFits: false, outcome: { code: 'unexpected_status' } })
})
