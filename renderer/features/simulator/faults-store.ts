import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { Fault, SimulatorFaults } from '#shared/simulator.ts'
import { call, onEvent } from '../../lib/api.ts'
import type { Failure } from '../../lib/failure.ts'
import { draftOf, readDraft, type FaultDraft, type FaultErrors } from './fault-draft.ts'

/** A pause in the typing after which it is saved; leaving the field or Enter saves at once. */
const pause = 500
export const mostFaults = 100

/**
 * The faults as they are kept, and as they are being edited. Every change is saved at once; of a fault that cannot be
 * read yet what was saved last stays in force, but for its switch.
 */
export const useFaults = defineStore('simulator-faults', () => {
  const saved = shallowRef<SimulatorFaults | null>(null)
  const drafts = ref<FaultDraft[]>([])
  const seed = ref(0)
  const saving = ref(false)
  const changed = ref(false)
  const failure = ref<Failure | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Own saves whose event has not come back yet: it may come late, and then tells nothing new. */
  let echoes: string[] = []

  const active = computed(() => saved.value?.faults.filter(({ enabled }) => enabled).length ?? 0)
  const readings = computed(() => drafts.value.map(readDraft))
  const errorsOf = (index: number): FaultErrors => {
    const reading = readings.value[index]
    return reading && 'errors' in reading ? reading.errors : {}
  }
  const faultAt = (index: number): Fault | null => {
    const reading = readings.value[index]
    return reading && 'fault' in reading ? reading.fault : null
  }
  /** Where in the list the first fault stands that cannot be saved as it is; -1: none does. */
  const wrongAt = computed(() => readings.value.findIndex((reading) => 'errors' in reading))

  async function load(): Promise<void> {
    const answer = await call('simulator.faults')
    if (!answer.ok) failure.value = answer.error
    else if (!changed.value) adopt(answer.value)
  }

  function adopt(faults: SimulatorFaults): void {
    failure.value = null
    saved.value = faults
    seed.value = faults.seed
    const typed = new Map(drafts.value.map((draft) => [draft.id, draft]))
    drafts.value = faults.faults.map((fault) => {
      const draft = typed.get(fault.id)
      return draft && 'errors' in readDraft(draft) ? { ...draft, enabled: fault.enabled } : draftOf(fault)
    })
  }

  function wanted(): SimulatorFaults {
    const before = new Map(saved.value?.faults.map((fault) => [fault.id, fault]))
    const faults = drafts.value.flatMap((draft) => {
      const reading = readDraft(draft)
      if ('fault' in reading) return reading.fault
      const last = before.get(draft.id)
      return last ? { ...last, enabled: draft.enabled } : []
    })
    return { seed: seed.value, faults }
  }

  /** One save at a time: what is changed meanwhile goes with the next. */
  async function save(): Promise<void> {
    clearTimeout(timer)
    // What is not known yet must not be replaced.
    if (saved.value === null) return
    changed.value = true
    if (saving.value) return
    saving.value = true
    failure.value = null
    while (changed.value && failure.value === null) {
      changed.value = false
      const next = wanted()
      echoes.push(JSON.stringify(next))
      const answer = await call('simulator.setFaults', next)
      if (answer.ok) saved.value = answer.value
      else {
        echoes.pop()
        failure.value = answer.error
        changed.value = true
      }
    }
    saving.value = false
  }

  function saveSoon(): void {
    changed.value = true
    clearTimeout(timer)
    timer = setTimeout(() => void save(), pause)
  }

  /** Leaving a field: nothing is saved where nothing was changed. */
  function saveNow(): void {
    if (changed.value) void save()
  }

  function put(all: FaultDraft[]): void {
    drafts.value = all
    void save()
  }

  function setSeed(chosen = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0): void {
    seed.value = chosen
    void save()
  }

  onEvent('simulator.faults', (faults) => {
    const own = echoes.indexOf(JSON.stringify(faults))
    echoes = echoes.slice(own + 1)
    if (own >= 0) return
    // While own changes are on their way they are the newer ones, and replace what another window saved.
    if (!saving.value && !changed.value) adopt(faults)
  })
  onEvent('host.resync', () => {
    echoes = []
    if (saved.value) void (changed.value ? save() : load())
  })

  return {
    saved,
    drafts,
    seed,
    saving,
    changed,
    failure,
    active,
    wrongAt,
    errorsOf,
    faultAt,
    load,
    save,
    saveSoon,
    saveNow,
    put,
    setSeed,
  }
})
