import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { emptyChoice, newVendorSettings } from '#shared/catalogue/compile.ts'
import { vendorSchema, type Vendor, type VendorApi } from '#shared/catalogue/entry.ts'
import { commonAnswers, type CommonAnswer } from '#shared/catalogue/common-answers.ts'
import type { MessageStory } from '#shared/message.ts'
import type { OutcomeClass } from '#shared/outcome.ts'
import { magicNumbers, type FaultEffect } from '#shared/simulator.ts'
import { verdictOf } from '#shared/verdict.ts'
import { onlyAttempt, sendInput } from '../helpers/messages.ts'
import { typedFields } from '../helpers/vendor-fields.ts'
import { openTestWorkbench, type TestWorkbench } from '../helpers/workbench.ts'

const files = import.meta.glob<unknown>('../../resources/catalogue/*.json', {
  eager: true,
  import: 'default',
})
const vendors = Object.values(files).map((file) => vendorSchema.parse(file))
const everyApi = vendors.flatMap((vendor) =>
  vendor.apis.map((api) => [`${vendor.name}, ${api.label}`, vendor, api] as const),
)

let desk: TestWorkbench
beforeAll(async () => {
  desk = await openTestWorkbench()
  await desk.call('simulator.start', undefined)
})
afterAll(() => desk.close())

beforeEach(() => desk.call('simulator.setFaults', { seed: 1, faults: [] }))

/** Saves a provider as its form would, with the fewest fields or with all of them. */
async function save(
  vendor: Vendor,
  api: VendorApi,
  extent: 'fewest' | 'all' = 'fewest',
  firstByteMs = 10_000,
): Promise<string> {
  const { fields, secrets } = typedFields(vendor, api.id, extent)
  const choice = { ...emptyChoice(vendor), api: api.id, simulated: true }
  choice.fields = { ...choice.fields, ...fields }
  const settings = newVendorSettings(vendor, choice, 'http://127.0.0.1:8026')
  const provider = await desk.call('providers.save', {
    id: randomUUID(),
    name: `${vendor.id} ${api.id} ${randomUUID().slice(0, 8)}`,
    kind: vendor.id,
    settings: { ...settings, timeouts: { ...settings.timeouts, firstByteMs } },
    vendor: choice,
    secrets,
  })
  expect(provider).toMatchObject({ kind: vendor.id, simulated: true, secrets: expect.anything() })
  return provider.id
}

const send = (provider: string, to: string): Promise<MessageStory> =>
  desk.call('messages.send', sendInput(provider, { to, values: { TemplateID: '1107000000000000001' } }))

/** What the vendor would be sent to by its own users. */
const numberFor = ({ countries }: Vendor) =>
  countries[0] === 'IN' ? '+919876543210' : countries[0] === 'SA' ? '+966512345678' : '+14155550123'

const expected: Record<CommonAnswer, OutcomeClass[]> = {
  accepted: ['accepted'],
  unauthorized: ['misconfigured'],
  invalidNumber: ['rejected'],
  optedOut: ['rejected'],
  noCredit: ['misconfigured'],
  rateLimited: ['unavailable'],
  // As the vendor's code says, where it has one.
  serverError: ['unknown', 'unavailable'],
}

/** Codes that vendors have published for these outcomes. */
const published: Record<string, Partial<Record<CommonAnswer, string>>> = {
  'twilio messages': {
    unauthorized: '20003',
    invalidNumber: '21211',
    optedOut: '21610',
    noCredit: '20005',
    rateLimited: '20429',
    serverError: '20500',
  },
  'vonage sms': { unauthorized: '4', invalidNumber: '6', optedOut: '7', noCredit: '9', rateLimited: '1' },
  'infobip v3': { unauthorized: 'UNAUTHORIZED', invalidNumber: '52', noCredit: '12' },
  'telnyx messages': { unauthorized: '10009', invalidNumber: '40310', optedOut: '40300', noCredit: '20100' },
  'textlocal send': { unauthorized: '3', invalidNumber: '32', optedOut: '51', noCredit: '7' },
  'smsindiahub pushsms': { unauthorized: '007', invalidNumber: '013', noCredit: '021' },
  'africastalking bulk': { invalidNumber: '403', optedOut: '406', noCredit: '405' },
  'gupshup enterprise': { unauthorized: '102', invalidNumber: '105', noCredit: '175' },
  'bulksms messages': { unauthorized: 'authentication-failed', noCredit: 'insufficient-credits' },
  'messagebird legacy': { noCredit: '25', serverError: '99' },
  'msg91 sendhttp': { unauthorized: '207', invalidNumber: '202', noCredit: '301' },
  'clickatell platform': { invalidNumber: '105', noCredit: '25' },
  'unifonic rest': { invalidNumber: 'ER-02', noCredit: 'ER-01' },
}

describe.each(everyApi)('%s', (_name, vendor, api) => {
  it.each(['fewest', 'all'] as const)('takes a message from a form with %s of its fields', async (extent) => {
    const provider = await save(vendor, api, extent)
    const to = numberFor(vendor)
    const [first, second] = [await send(provider, to), await send(provider, to)]
    const [received] = await desk.call('simulator.received', undefined)
    expect({ state: first.state, answer: received?.answer, body: received?.request.body }).toMatchObject({
      state: 'sent',
    })
    expect(received).toMatchObject({ vendor: vendor.id, accepted: true, fault: null })
    expect(received?.to.replace(/\D/g, '')).toMatch(new RegExp(`${to.slice(3)}$`))
    const { prefix, kind, given } = api.simulated.id
    expect(first.providerMessageId ?? '').toMatch(new RegExp(`^${prefix}[0-9A-Za-z:-]+$`))
    expect(second.providerMessageId).not.toBe(first.providerMessageId)
    if (!given && kind === 'uuid') expect(first.providerMessageId).toMatch(/^[0-9a-f]{8}-/)
    expect(received?.response?.body).toContain(second.providerMessageId)
  })

  it('is read in the classes that decide what comes next, with the code that the vendor has for it', async () => {
    const provider = await save(vendor, api)
    const outcomes: Record<string, string> = {}
    for (const answer of commonAnswers) {
      await answerWith(vendor, { kind: 'answer', answer })
      const story = await send(provider, numberFor(vendor))
      const { outcome, response } = onlyAttempt(story)
      if (!outcome) throw new Error('There is no outcome.')
      const code = outcome.facts.errorCode ?? ''
      outcomes[answer] = code
      expect({ answer, code, in: expected[answer].includes(outcome.class) ? [] : outcome.class }).toEqual({
        answer,
        code,
        in: [],
      })
      expect(response?.status).toBe(api.simulated.answers[answer]?.status)
      // Wherever a code was read, the vendor's answer has it, and the verdict has words.
      expect(JSON.stringify(api.simulated.answers[answer])).toContain(code)
      expect(Object.values(verdictOf(outcome)).join(' ')).not.toMatch(/undefined|\{\{/)
      if (answer === 'accepted') expect(story.providerMessageId).toBeTruthy()
      // What a refusal has in place of an id, such as “None”, is none.
      expect(story.providerMessageId ?? '').toMatch(idOf(api))
    }
    expect(outcomes).toMatchObject(published[`${vendor.id} ${api.id}`] ?? {})
  })
})

it('does for each number of its list what the list says, in every API', async () => {
  const listed = await desk.call('simulator.vendors', undefined)
  // All at once, as the slow answers of one API would otherwise keep the next waiting.
  const seen = await Promise.all(
    everyApi.flatMap(async ([, vendor, api]) => {
      const view = listed.find(({ id }) => id === vendor.id)?.apis.find(({ id }) => id === api.id)
      const numbers = view?.magicNumbers.filter(({ party }) => party === 'to') ?? []
      expect(numbers).toHaveLength(magicNumbers.length)
      // Hundreds at once take their time on a busy machine.
      const usual = await save(vendor, api, 'fewest', 60_000)
      const hasty = await save(vendor, api, 'fewest', 400)
      return Promise.all(
        numbers.map(async ({ number, answer }) => {
          const silent = answer.includes('nothing comes back')
          const { outcome, response } = onlyAttempt(await send(silent ? hasty : usual, number))
          const wanted =
            /^(\d{3})\b/.exec(answer)?.[1] ?? (silent ? 'first_byte_timed_out' : 'reset_after_sending')
          const found = response ? String(response.status) : outcome?.code
          return { api: `${vendor.id} ${api.id}`, number, answer, wanted, found }
        }),
      )
    }),
  )
  expect(seen.flat().filter(({ wanted, found }) => wanted !== found)).toEqual([])
  expect(seen.flat().length).toBe(everyApi.length * magicNumbers.length)
})

/** None, or one of the shape that the imitation gives; all but `uuid` may be longer, as with a part's number behind it. */
function idOf({ simulated: { id } }: VendorApi): RegExp {
  const one = { hex: '[0-9a-f]', digits: '[0-9]', letters: '[0-9A-Z]', uuid: '[0-9a-f-]' }[id.kind]
  return new RegExp(`^(?:${id.prefix}${one}{${id.kind === 'uuid' ? 36 : id.length}}[0-9:-]*)?$`)
}

async function answerWith({ id }: Vendor, effect: FaultEffect): Promise<void> {
  const fault = { id: 'only', enabled: true, vendor: id, number: null, share: 100, effect }
  await desk.call('simulator.setFaults', { seed: 1, faults: [fault] })
}
