import { nextTick } from 'vue'
import { useRouter } from 'vue-router'
import type { FieldIssue } from '#shared/errors.ts'
import type { SendInput } from '#shared/send-input.ts'
import { genericKind } from '#shared/provider.ts'
import { useFeedback } from '../../ui/feedback.ts'
import { showFirstError } from '../../ui/show-first-error.ts'
import { useFormDrawer } from '../../ui/use-form-drawer.ts'
import { addressOf } from './form-address.ts'
import type { ProviderFormContext } from './use-provider-form.ts'

/** What the drawer of a provider does with its form. */
export function useDrawerActions(context: ProviderFormContext) {
  const router = useRouter()
  const feedback = useFeedback()

  const drawer = useFormDrawer(context, {
    saved: 'Provider saved',
    address: () => addressOf(context),
    leave: async () => {
      await context.begin(genericKind)
      await router.push('/providers')
    },
  })

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

  return { ...drawer, draft, showIssues, customise, backToVendor }
}
