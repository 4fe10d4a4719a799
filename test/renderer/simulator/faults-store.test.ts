import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import type { EventEnvelope } from '#shared/contract.ts'
import type { Fault, SimulatorFaults } from '#shared/simulator.ts'
import { useTransport } from '../../../renderer/lib/api.ts'
import type { Answer } from '../../../renderer/lib/failure.ts'
import { draftOf } from '../../../renderer/features/simulator/fault-draft.ts'
import { faultPresets } from '../../../renderer/features/simulator/fault-presets.ts'
import { useFaults } from '../../../renderer/features/simulator/faults-store.ts'
import { useFaultList } from '../../../renderer/features/simulator/use-fault-list.ts'

const fault = (id: string, more: Partial<Fault> = {}): Fault => ({
  id,
  enabled: true,
  vendor: null,
  number: null,
  share: 100,
  effect: { kind: 'drop' },
  ...more,
})
const settled = () => new Promise((done) => setImmediate(done))

let kept: SimulatorFaults
let sent: SimulatorFaults[]
/** Saves that wait for their answer, where a test holds them. */
let held: (() => void)[] | null
let refuse: boolean
let emit: (payload: SimulatorFaults) => void
beforeEach(() => {
  kept = { seed: 7, faults: [fault('a'), fault('b')] }
  sent = []
  held = null
  refuse = false
  const listeners: ((event: EventEnvelope) => void)[] = []
  useTransport({
    call: async (name, input): Promise<Answer<unknown>> => {
      if (name === 'simulator.setFaults') {
        sent.push(input as SimulatorFaults)
        const waiting = held
        if (waiting) await new Promise<void>((go) => waiting.push(go))
        if (refuse) return { ok: false, error: { code: 'disk_full', message: 'Full.', details: {} } }
        kept = input as SimulatorFaults
      }
      return { ok: true, value: kept }
    },
    on: (listener) => {
      listeners.push(listener)
      return () => {}
    },
  })
  emit = (payload) => listeners.forEach((listener) => listener({ seq: 1, name: 'simulator.faults', payload }))
  setActivePinia(createPinia())
})

async function loaded() {
  const store = useFaults()
  await store.load()
  return store
}
const idsOf = (faults: SimulatorFaults | undefined | null) => faults?.faults.map(({ id }) => id)

test('nothing is saved before it is known what there is', async () => {
  await useFaults().save()
  expect(sent).toEqual([])
})

test('one that cannot be read keeps what was saved of it but its switch, and holds no other up', async () => {
  const store = await loaded()
  Object.assign(store.drafts[0]!, { share: 'x', enabled: false })
  store.drafts[1]!.share = '50'
  await store.save()
  expect(kept.faults).toEqual([fault('a', { enabled: false }), fault('b', { share: 50 })])
  expect(store.wrongAt).toBe(0)
  expect(store.active).toBe(1)
})

test('what is changed during a save goes with the next one', async () => {
  const store = await loaded()
  held = []
  const saving = store.save()
  store.drafts[0]!.share = '50'
  void store.save()
  store.drafts[0]!.share = '60'
  void store.save()
  held.splice(0).forEach((go) => go())
  await settled()
  held.splice(0).forEach((go) => go())
  await saving
  expect(sent.map(({ faults }) => faults[0]?.share)).toEqual([100, 60])
})

test('what another window saved is taken over, unless own changes are on their way', async () => {
  const store = await loaded()
  emit({ seed: 8, faults: [fault('b')] })
  expect(store.drafts.map(({ id }) => id)).toEqual(['b'])
  expect(store.seed).toBe(8)
  held = []
  const saving = store.save()
  emit({ seed: 9, faults: [] })
  held.forEach((go) => go())
  await saving
  expect(idsOf(kept)).toEqual(['b'])
  expect(store.seed).toBe(8)
})

test('an own save that is told of late changes nothing', async () => {
  const store = await loaded()
  store.drafts[0]!.share = '50'
  await store.save()
  store.drafts[0]!.share = '60'
  await store.save()
  emit(sent[0]!)
  expect(store.saved?.faults[0]?.share).toBe(60)
  emit(sent[1]!)
  expect(store.drafts[0]?.share).toBe('60')
  // What another window saves is no echo, though it is what was saved here before.
  emit(sent[0]!)
  expect(store.drafts[0]?.share).toBe('50')
})

test('a save that fails is told, and what was typed stays to be saved again', async () => {
  const store = await loaded()
  refuse = true
  store.drafts[0]!.share = '50'
  await store.save()
  expect(store.failure?.code).toBe('disk_full')
  emit({ seed: 8, faults: [] })
  expect(store.drafts[0]?.share).toBe('50')
  refuse = false
  await store.save()
  expect(store.failure).toBeNull()
  expect(kept.faults[0]?.share).toBe(50)
})

test('a preset comes first, once, and is switched on again', async () => {
  const store = await loaded()
  const list = useFaultList()
  const [down, slow] = [faultPresets[0]!, faultPresets[1]!]
  list.usePreset(slow)
  list.usePreset(down)
  // Fault a is what the preset says, too: it is taken.
  expect(store.drafts).toHaveLength(3)
  expect(store.drafts[0]?.id).toBe('a')
  expect(list.isOn(down)).toBe(true)
  expect(list.isOn(slow)).toBe(false)
  store.drafts[0]!.enabled = false
  list.usePreset(down)
  expect(store.drafts).toHaveLength(3)
  expect(store.drafts[0]?.enabled).toBe(true)
})

test('faults are moved, copied, deleted and brought back, each saved at once', async () => {
  const store = await loaded()
  const list = useFaultList()
  list.move(0, 1)
  await settled()
  expect(idsOf(kept)).toEqual(['b', 'a'])
  list.duplicate(0)
  await settled()
  expect(kept.faults).toHaveLength(3)
  expect(new Set(idsOf(kept)).size).toBe(3)
  list.clear()
  await settled()
  expect(kept.faults).toEqual([])
  expect(list.note.value?.text).toBe('3 faults deleted')
  list.add()
  list.note.value?.undo()
  await settled()
  expect(idsOf(kept)?.slice(0, 1)).toEqual(['b'])
  expect(kept.faults).toHaveLength(4)
  expect(store.active).toBe(4)
})

test('at a hundred there is no room for another', async () => {
  kept = { seed: 1, faults: Array.from({ length: 100 }, (_, index) => fault(String(index), { share: 1 })) }
  const store = await loaded()
  const list = useFaultList()
  expect(list.add()).toBe(-1)
  list.duplicate(0)
  list.usePreset(faultPresets[0]!)
  expect(store.drafts).toEqual(kept.faults.map(draftOf))
})
