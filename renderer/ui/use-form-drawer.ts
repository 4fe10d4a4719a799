import type { Ref } from 'vue'
import { useRouter, type RouteLocationRaw } from 'vue-router'
import { useEventListener } from '@vueuse/core'
import { withModifier } from '../lib/shortcuts.ts'
import { useFeedback } from './feedback.ts'
import type { useSavedElsewhere } from './saved-elsewhere.ts'
import { showFirstError } from './show-first-error.ts'

type Others = ReturnType<typeof useSavedElsewhere>

export interface DrawerForm {
  started: Readonly<Ref<boolean>>
  save: () => Promise<boolean>
  others: Pick<Others, 'elsewhere' | 'acceptTheirs' | 'discardMine'>
}

export interface DrawerPlan {
  /** What is said once it is saved, as in "Provider saved". */
  saved: string
  /** Where the form stands once it is saved. */
  address: () => RouteLocationRaw
  /** Empties the form and goes back to the list. */
  leave: () => Promise<void>
}

/** What the drawer of a form does with it: saves it, by its button and by its key, and settles it with other windows. */
export function useFormDrawer(form: DrawerForm, { saved, address, leave }: DrawerPlan) {
  const router = useRouter()
  const feedback = useFeedback()

  async function save(): Promise<void> {
    if (await form.save()) {
      await router.replace(address())
      feedback.say(saved)
    } else await showFirstError()
  }

  async function replaceTheirs(): Promise<void> {
    const gone = form.others.elsewhere.value?.kind === 'deleted'
    form.others.acceptTheirs()
    if (!gone) await save()
  }

  /** With the thing itself gone there is nothing to go back to but the list. */
  async function discardMine(): Promise<void> {
    if (form.others.elsewhere.value?.kind === 'changed') form.others.discardMine()
    else await leave()
  }

  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (!withModifier(event) || event.key.toLowerCase() !== 's') return
    event.preventDefault()
    if (form.started.value) void save()
  })

  return { save, replaceTheirs, discardMine }
}
