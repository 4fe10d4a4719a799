import { nextTick } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useEventListener } from '@vueuse/core'
import { withModifier } from '../../lib/shortcuts.ts'
import { useFeedback } from '../../ui/feedback.ts'
import type { GroupFormContext } from './use-group-form.ts'

/** The address that a form belongs to: the saved group's own, or that of a new one. */
export function addressOf({ form, saved }: Pick<GroupFormContext, 'form' | 'saved'>): string {
  return saved.value ? `/groups/${form.id}` : '/groups/new'
}

/** What the drawer of a group does with its form. */
export function useGroupDrawer(context: GroupFormContext) {
  const router = useRouter()
  const route = useRoute()
  const feedback = useFeedback()

  async function save(): Promise<void> {
    if (await context.save()) {
      feedback.say('Group saved')
      await router.replace({ path: addressOf(context), query: route.query })
    } else await showFirstError()
  }

  async function showFirstError(): Promise<void> {
    await nextTick()
    const settings = document.querySelector<HTMLElement>('[aria-label="Settings"]')
    const wrong = settings?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid]')
    const notice = document.querySelector<HTMLElement>('[aria-label="Changed in another window"] button')
    if (!wrong) notice?.focus()
    else if (wrong.matches('[data-invalid]')) {
      wrong.scrollIntoView({ block: 'nearest' })
      wrong.closest('[role="group"]')?.querySelector<HTMLElement>('[role="combobox"]')?.focus()
    } else wrong.focus()
  }

  async function replaceTheirs(): Promise<void> {
    const gone = context.others.elsewhere.value?.kind === 'deleted'
    context.others.acceptTheirs()
    if (!gone) await save()
  }

  /** With the group gone there is nothing to go back to but the list. */
  async function discardMine(): Promise<void> {
    if (context.others.elsewhere.value?.kind === 'changed') return context.others.discardMine()
    context.begin()
    await router.push('/groups')
  }

  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (!withModifier(event) || event.key.toLowerCase() !== 's') return
    event.preventDefault()
    if (context.started.value) void save()
  })

  return { save, replaceTheirs, discardMine }
}
