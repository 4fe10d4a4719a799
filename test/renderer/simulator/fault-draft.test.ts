import { expect, test } from 'vitest'
import { commonAnswers } from '#shared/catalogue/common-answers.ts'
import type { Fault, FaultEffect } from '#shared/simulator.ts'
import { draftOf, readDraft, type FaultDraft } from '../../../renderer/features/simulator/fault-draft.ts'
import { faultPresets } from '../../../renderer/features/simulator/fault-presets.ts'
import { effectGroups, faultWords } from '../../../renderer/features/simulator/fault-words.ts'

const fault = (effect: FaultEffect, more: Partial<Fault> = {}): Fault => ({
  id: 'f',
  enabled: true,
  vendor: null,
  number: null,
  share: 100,
  effect,
  ...more,
})
const effects: FaultEffect[] = [
  ...commonAnswers.map((answer) => ({ kind: 'answer' as const, answer })),
  { kind: 'status', status: 418 },
  { kind: 'latency', ms: 250 },
  { kind: 'silence' },
  { kind: 'drop' },
  { kind: 'reset' },
  { kind: 'slowBody', ms: 120_000 },
  ...(['html', 'empty', 'cut', 'otherJson'] as const).map((body) => ({ kind: 'wrongBody' as const, body })),
]

test.each(effects)('%j comes back from its fields as it was, and can be chosen', (effect) => {
  const draft = draftOf(fault(effect, { vendor: 'twilio', number: '+1500', share: 12.5 }))
  expect(readDraft(draft)).toEqual({
    fault: fault(effect, { vendor: 'twilio', number: '+1500', share: 12.5 }),
  })
  expect(effectGroups.flatMap((group) => group.effects.map(({ key }) => key))).toContain(draft.effect)
})

const errorsOf = (more: Partial<FaultDraft>) => {
  const reading = readDraft({ ...draftOf(fault({ kind: 'drop' })), ...more })
  return 'errors' in reading ? reading.errors : null
}

test.each<[Partial<FaultDraft>, object | null]>([
  [{ number: 'abc' }, { number: 'Enter digits: a whole number, or the last of it.' }],
  [{ number: ' +1 (415) 555-0100 ' }, null],
  [{ share: '' }, { share: 'Enter a number from 0.1 to 100.' }],
  [{ share: '0' }, { share: 'Enter at least 0.1 %.' }],
  [{ share: '100.5' }, { share: 'Enter at most 100 %.' }],
  [{ share: '12,5 %' }, null],
  [{ effect: 'status', status: '200' }, { status: 'Enter a status from 300 to 599.' }],
  [{ effect: 'status', status: 'x' }, { status: 'Enter a status from 300 to 599.' }],
  [{ effect: 'latency', ms: '0' }, { ms: 'Enter at least 1 ms.' }],
  [{ effect: 'latency', ms: '1.5' }, { ms: 'Enter whole milliseconds, 1 to 120,000.' }],
  [{ effect: 'slowBody', ms: '999999' }, { ms: 'Enter at most 120,000 ms.' }],
  // What is not asked for with this effect is not looked at.
  [{ effect: 'drop', ms: 'x', status: 'x' }, null],
])('%j is told as %j', (typed, errors) => {
  expect(errorsOf(typed)).toEqual(errors)
})

test.each<[Fault, string]>([
  [
    fault({ kind: 'answer', answer: 'rateLimited' }, { vendor: 'twilio', number: '0006', share: 50 }),
    '50 % of requests to Twilio for numbers ending in 0006 are refused as one too many.',
  ],
  [fault({ kind: 'latency', ms: 3000 }), 'Every request is answered 3 s late.'],
  [
    fault({ kind: 'slowBody', ms: 250 }, { share: 1 }),
    '1 % of requests get their answers’ bodies over 250 ms.',
  ],
  [
    fault({ kind: 'status', status: 503 }, { number: '+14155550100' }),
    'Every request for +1 415 555 0100 gets a bare 503.',
  ],
])('%j in words', (given, words) => {
  expect(faultWords(given, 'Twilio')).toBe(words)
})

test('the presets are faults that the simulator takes', () => {
  for (const { share, effect } of faultPresets)
    expect(readDraft(draftOf(fault(effect, { share })))).toEqual({ fault: fault(effect, { share }) })
})
