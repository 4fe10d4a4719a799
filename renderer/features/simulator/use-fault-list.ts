import { ref } from 'vue'
import type { Fault } from '#shared/simulator.ts'
import { plural } from '../../lib/format.ts'
import { draftOf, type FaultDraft } from './fault-draft.ts'
import { faultOf, isPreset, type FaultPreset } from './fault-presets.ts'
import { mostFaults, useFaults } from './faults-store.ts'

export interface FaultsNote {
  text: string
  undo: () => void
}

/** What can be done to the list of faults; each deed is saved at once. */
export function useFaultList() {
  const faults = useFaults()
  /** Shown below the list, with the way back. */
  const note = ref<FaultsNote | null>(null)
  /** Only for screen readers. */
  const said = ref('')

  function withUndo(text: string, left: FaultDraft[]): void {
    const before = faults.drafts
    faults.put(left)
    note.value = {
      text,
      // What was added since stays.
      undo: () => {
        const known = new Set(before.map(({ id }) => id))
        faults.put([...before, ...faults.drafts.filter(({ id }) => !known.has(id))])
        note.value = null
        said.value = 'Undone'
      },
    }
  }

  const isFull = () => faults.drafts.length >= mostFaults

  /** The first decides, so a preset goes to the top; one that is there already is put there and switched on. */
  function usePreset(preset: FaultPreset): void {
    const at = faults.drafts.findIndex((_, index) => {
      const fault = faults.faultAt(index)
      return fault !== null && isPreset(preset, fault)
    })
    if (at < 0 && isFull()) return
    const draft = faults.drafts[at] ?? draftOf(faultOf(preset))
    faults.put([{ ...draft, enabled: true }, ...faults.drafts.filter((_, index) => index !== at)])
    said.value = `${preset.label} is on, first of ${faults.drafts.length}`
  }

  /** Whether a preset is what decides now: the first fault that is on. */
  function isOn(preset: FaultPreset): boolean {
    const first = faults.drafts.findIndex(({ enabled }) => enabled)
    const fault: Fault | null = faults.faultAt(first)
    return fault !== null && isPreset(preset, fault)
  }

  /** Answers with its place, -1 where there is no room. */
  function add(): number {
    if (isFull()) return -1
    const fault = faultOf({ share: 100, effect: { kind: 'answer', answer: 'serverError' } })
    faults.put([...faults.drafts, draftOf(fault)])
    return faults.drafts.length - 1
  }

  function duplicate(index: number): void {
    const draft = faults.drafts[index]
    if (!draft || isFull()) return
    faults.put(faults.drafts.toSpliced(index + 1, 0, { ...draft, id: crypto.randomUUID() }))
    said.value = `Fault ${index + 1} duplicated`
  }

  function move(from: number, to: number): boolean {
    const draft = faults.drafts[from]
    if (!draft || to < 0 || to >= faults.drafts.length || from === to) return false
    faults.put(faults.drafts.toSpliced(from, 1).toSpliced(to, 0, draft))
    said.value = `Fault ${from + 1} moved to place ${to + 1} of ${faults.drafts.length}`
    return true
  }

  function remove(index: number): void {
    withUndo(`Fault ${index + 1} deleted`, faults.drafts.toSpliced(index, 1))
  }

  function clear(): void {
    if (faults.drafts.length > 0) withUndo(`${plural(faults.drafts.length, 'fault')} deleted`, [])
  }

  return { note, said, isFull, usePreset, isOn, add, duplicate, move, remove, clear }
}
