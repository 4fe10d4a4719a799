import { nextTick } from 'vue'
import { useRouter } from 'vue-router'
import { useEventListener } from '@vueuse/core'
import type { FieldIssue } from '#shared/errors.ts'
import type { SendInput } from '#shared/send-input.ts'
import { genericKind } from '#shared/provider.ts'
import { withModifier } from '../../lib/shortcuts.ts'
import { useFeedback } from '../../ui/feedback.ts'
import { addressOf } from './form-address.ts'
import type { ProviderFormContext } from './use-provider-form.ts'

/** What the drawer of a provider does with its form. */
export function useDrawerActions(context: ProviderFormContext) {
  const router = useRouter()
  const feedback = useFeedback()

  async function save(): Promise<void> {
    if (await context.save()) {
      feedback.say('Provider saved')
      await router.replace(addressOf(context))
    } else await showFirstError()
  }

  async function showFirstError(): Promise<void> {
    await nextTick()
    const field =
      document.querySelector<HTMLElement>('[aria-label="Settings"] [aria-invalid="true"]') ??
      document.querySelector<HTMLElement>('[aria-label="Changed in another window"] button')
    const box = field?.matches('input, textarea, select')
      ? field
      : field?.querySelector<HTMLElement>('input, textarea, button')
    ;(box ?? field)?.focus()
  }

  async function replaceTheirs(): Promise<void> {
    const gone = context.others.elsewhere.value?.kind === 'deleted'
    context.others.acceptTheirs()
    if (!gone) await save()
  }

  /** With the provider gone there is nothing to go back to but the list. */
  async function discardMine(): Promise<void> {
    if (context.others.elsewhere.value?.kind === 'changed') return context.others.discardMine()
    await context.begin(genericKind)
    await router.push('/providers')
  }

  /** The draft as it stands, or nothing while it has errors: those are then shown. */
  function draft(): SendInput['provider'] | null {
    if (context.check(false)) return { kind: 'draft', draft: context.input.value }
    void showFirstError()
    return null
  }

  function showIssues(issues: FieldIssue[]): void {
    context.showIssues(issues)
    void showFirstError()
  }

  /** A vendor's form becomes a Generic one; one that is saved asks first, as saving it then is for good. */
  async function customise(): Promise<void> {
    const vendor = context.entry.value?.name ?? ''
    const asked = {
      title: 'Customise this provider?',
      text: `It becomes a Generic provider with everything filled in, secrets included. Once that is saved it does not go back to the fields of ${vendor}.`,
      action: 'Customise',
      stay: 'Cancel',
      dangerous: false,
    }
    if (context.saved.value && !(await feedback.ask(asked))) return
    context.customise()
    await moved()
  }

  async function backToVendor(): Promise<void> {
    context.backToVendor()
    await moved()
  }

  async function moved(): Promise<void> {
    await router.replace(addressOf(context))
    await nextTick()
    document.querySelector<HTMLElement>('[aria-label="Settings"]')?.scrollTo({ top: 0 })
    document.querySelector<HTMLElement>('[aria-label="Settings"] input')?.focus()
  }

  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (!withModifier(event) || event.key.toLowerCase() !== 's') return
    event.preventDefault()
    if (context.started.value) void save()
  })

  return { save, replaceTheirs, discardMine, draft, showIssues, customise, backToVendor }
}
