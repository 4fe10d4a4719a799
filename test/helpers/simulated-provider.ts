import { randomUUID } from 'node:crypto'
import type { CallbackDetails } from '#shared/callbacks/callback.ts'
import { emptyChoice, newVendorSettings } from '#shared/catalogue/compile.ts'
import { vendorSchema, type Vendor } from '#shared/catalogue/entry.ts'
import type { MessageState, MessageStory } from '#shared/message.ts'
import type { ProviderInput } from '#shared/provider.ts'
import type { SendInput } from '#shared/send-input.ts'
import { genericSimulatorPath, type FaultEffect } from '#shared/simulator.ts'
import type { PhoneEntry, SimulatedReceipts } from '#shared/simulator-phone.ts'
import { providerInput, sendInput } from './messages.ts'
import { formRows } from './settings.ts'
import { typedFields } from './vendor-fields.ts'
import { openTestWorkbench, type TestWorkbench } from './workbench.ts'

const files = import.meta.glob<unknown>('../../resources/catalogue/*.json', {
  eager: true,
  import: 'default',
})

/** All vendors of the catalogue, by their ids. */
export const shippedVendors = new Map(
  Object.values(files)
    .map((file) => vendorSchema.parse(file))
    .map((vendor) => [vendor.id, vendor]),
)

export interface SimulatedDesk extends TestWorkbench {
  /** A saved provider of a vendor's first API, or of another, that is simulated. */
  vendor(id: string, more?: VendorWish): Promise<ProviderInput>
  /** A saved generic provider that points at the simulator. */
  generic(rows?: Record<string, string>): Promise<ProviderInput>
  send(provider: ProviderInput, more?: Partial<SendInput>): Promise<MessageStory>
  /** Resolves with the message once it is in that state. */
  when(id: string, state: MessageState): Promise<MessageStory>
  /** Resolves with what a number got and sent, once nothing of it is on its way. */
  thread(number: string): Promise<PhoneEntry[]>
  /** Resolves with the callbacks, oldest first, once so many were read. */
  callbacks(count: number): Promise<CallbackDetails[]>
  /** One fault, for all that comes from now on; null: none. */
  fault(effect: FaultEffect | null): Promise<unknown>
}

export interface VendorWish {
  api?: string
  fields?: Record<string, string>
  secrets?: Record<string, string>
}

/** A workbench whose listener and simulator run; receipts come at once unless `receipts` says otherwise. */
export async function openSimulatedDesk(
  options: Parameters<typeof openTestWorkbench>[0] & { receipts?: SimulatedReceipts } = {},
): Promise<SimulatedDesk> {
  const { receipts = { enabled: true, firstMs: 1, lastMs: 2 }, ...rest } = options
  const test = await openTestWorkbench(rest)
  const { address } = await test.call('simulator.start', undefined)
  await test.call('listener.start', undefined)
  await test.call('simulator.setReceipts', receipts)
  const save = async (provider: ProviderInput) => {
    await test.call('providers.save', provider)
    return provider
  }
  return Object.assign(test, {
    vendor: (id: string, more: VendorWish = {}) => save(vendorInput(mustGetVendor(id), more)),
    generic: (rows: Record<string, string> = { to: '$$To', text: '$$Body', reference: '$$MessageID' }) =>
      save(
        providerInput({
          endpoint: `${address}${genericSimulatorPath}`,
          parameters: formRows(rows),
          reading: { messageId: 'id', errorCode: '', errorText: '' },
        }),
      ),
    send: (provider: ProviderInput, more: Partial<SendInput> = {}) =>
      test.call('messages.send', sendInput(provider.id, { key: randomUUID(), ...more })),
    when: (id: string, state: MessageState) => when(test, id, state),
    thread: (number: string) => thread(test, number),
    callbacks: (count: number) => callbacks(test, count),
    fault: (effect: FaultEffect | null) => {
      const all = { id: 'one', enabled: true, vendor: null, number: null, share: 100 }
      return test.call('simulator.setFaults', { seed: 1, faults: effect ? [{ ...all, effect }] : [] })
    },
  })
}

function mustGetVendor(id: string): Vendor {
  const vendor = shippedVendors.get(id)
  if (!vendor) throw new Error(`There is no vendor ${id}.`)
  return vendor
}

function vendorInput(
  vendor: Vendor,
  { api = vendor.apis[0]?.id ?? '', fields, secrets }: VendorWish,
): ProviderInput {
  const typed = typedFields(vendor, api, 'fewest')
  const choice = { ...emptyChoice(vendor), api, simulated: true }
  choice.fields = { ...choice.fields, ...typed.fields, ...fields }
  return {
    id: randomUUID(),
    name: `${vendor.name} ${randomUUID().slice(0, 8)}`,
    kind: vendor.id,
    settings: newVendorSettings(vendor, choice, 'http://127.0.0.1:8026'),
    vendor: choice,
    secrets: { ...typed.secrets, ...secrets },
  }
}

function when({ call, workbench }: TestWorkbench, id: string, state: MessageState): Promise<MessageStory> {
  return new Promise((resolve) => {
    const look = async () => {
      const story = await call('messages.get', { id })
      if (story.state !== state) return
      stop()
      resolve(story)
    }
    // When many change at once, not all of them are told one by one.
    const stop = workbench.events.subscribe(({ name }) => {
      if (name === 'message.changed' || name === 'callbacks.changed') void look()
    })
    void look()
  })
}

function thread({ call, workbench }: TestWorkbench, number: string): Promise<PhoneEntry[]> {
  return new Promise((resolve) => {
    const look = async () => {
      const { entries } = await call('phone.thread', { number, before: null, limit: 200 })
      if (entries.some(({ posts }) => posts.some(({ outcome }) => outcome === 'waiting'))) return
      stop()
      resolve(entries)
    }
    const stop = workbench.events.subscribe(({ name }) => {
      if (name === 'phone.changed') void look()
    })
    void look()
  })
}

function callbacks({ call, workbench }: TestWorkbench, count: number): Promise<CallbackDetails[]> {
  const filter = {
    providerId: null,
    kind: null,
    effects: [],
    troubled: false,
    search: '',
    cursor: null,
    limit: 100,
  }
  return new Promise((resolve) => {
    const look = async () => {
      const { callbacks: found } = await call('callbacks.list', filter)
      const read = found.filter(({ trouble, effect }) => trouble !== null || effect !== null)
      if (read.length < count) return
      stop()
      resolve(await Promise.all(read.toReversed().map(({ id }) => call('callbacks.get', { id }))))
    }
    const stop = workbench.events.subscribe(({ name }) => {
      if (name === 'callback.received' || name === 'callbacks.changed') void look()
    })
    void look()
  })
}
