import { computed, inject, provide, reactive, ref, shallowRef, type InjectionKey } from 'vue'
import {
  genericKind,
  providerInputSchema,
  type Provider,
  type ProviderKind,
  type SecretState,
} from '#shared/provider.ts'
import { secretReference } from '#shared/placeholders.ts'
import type { FieldIssue } from '#shared/errors.ts'
import { freeSecretName } from '#shared/secret-names.ts'
import type { Answer } from '../../lib/failure.ts'
import { useFormErrors } from '../../ui/form-errors.ts'
import { useSavedForm } from '../../ui/use-saved-form.ts'
import { useCatalogue } from '../catalogue/catalogue-store.ts'
import { isGenericSimulator, useSimulatorAddress } from '../catalogue/simulator-address.ts'
import { useProviders } from '../providers/providers-store.ts'
import { checkForm, formPath } from './check-form.ts'
import { fieldsBehind } from './check-vendor.ts'
import { differencesOf } from './differences.ts'
import { hintsFor } from './form-hints.ts'
import { inputOf } from './form-settings.ts'
import { emptyForm, formOf, type ProviderForm } from './form-state.ts'
import { useImportedDraft } from './imported-draft.ts'
import { useVendorInput } from './use-vendor-input.ts'
import { customised, newVendorForm } from './vendor-state.ts'

export type ShownSecret = 'typed' | SecretState

/** A provider's form: its state, what is wrong with it, and its way to the store. One for each open drawer. */
export function createProviderForm() {
  const providers = useProviders()
  const catalogue = useCatalogue()
  const imported = useImportedDraft()
  const simulator = useSimulatorAddress()
  const form = reactive<ProviderForm>(emptyForm())
  /** The form before anybody typed: of nothing, or of a vendor. What is saved takes its place. */
  const fresh = shallowRef<ProviderForm>(emptyForm())
  const saved = ref<Provider | null>(null)
  /** The vendor's form that this Generic one was made of, until it is saved. */
  const before = shallowRef<ProviderForm | null>(null)
  /** Puts a text where the caret was last; set by the field that has or had the focus. */
  const insert = ref<((text: string) => void) | null>(null)

  const { entry, savedSecret, vendorInput, vendorPart } = useVendorInput(form, saved)
  const input = computed(() => inputOf(form, vendorInput(form)))
  const baseline = computed(() => {
    const start = saved.value ? formOf(saved.value) : fresh.value
    return { ...inputOf(start, vendorInput(start)), id: form.id }
  })
  const issues = computed(() => checkForm(form, providerInputSchema, input.value, vendorPart.value))
  const hints = computed(() => hintsFor(input.value.settings))
  const errors = useFormErrors(issues, (issue) =>
    vendorPart.value ? fieldsBehind(vendorPart.value, issue) : [issue.path],
  )
  const { put, wish, ...way } = useSavedForm({
    form,
    saved,
    formOf,
    input,
    baseline,
    errors,
    get: getWhole,
    send: providers.save,
    tell: showIssues,
    differencesFrom: (stored) => differencesOf(input.value, stored, catalogue.nameOf),
    hasHidden: () => Object.keys(input.value.secrets).length > 0,
    // What was stored when the rules were others is refused now: one sees at once what has to be mended.
    taken: () => issues.value.forEach(({ path }) => errors.touch(path)),
    kept: ({ secrets }) => forgetTyped(secrets),
    replaced: () => (before.value = null),
  })
  const { started, failure } = way
  const simulated = computed(
    () => form.vendor?.simulated ?? isGenericSimulator(form.endpoint, simulator.value),
  )

  /** A provider together with what its vendor's form needs. */
  async function getWhole(id: string): Promise<Answer<Provider>> {
    const answer = await providers.get(id)
    if (!answer.ok || answer.value.vendor === null) return answer
    const vendor = await catalogue.get(answer.value.kind)
    if (vendor.ok) return answer
    // One that the catalogue has no more is edited as what it compiles to.
    const plain: Provider = { ...answer.value, kind: genericKind, vendor: null }
    return vendor.error.code === 'not_found' ? { ok: true, value: plain } : vendor
  }

  /** No form at all, as while a vendor is still to be chosen. */
  function end(): void {
    wish()
    fresh.value = emptyForm()
    put(emptyForm(), null)
    started.value = false
  }

  /** A form for a new provider of that kind, empty. */
  async function begin(kind: ProviderKind): Promise<void> {
    const isNewest = wish()
    started.value = false
    if (kind === genericKind) {
      fresh.value = emptyForm()
      put(imported.takeForm() ?? emptyForm(), null)
    } else {
      const vendor = await catalogue.get(kind)
      if (!isNewest()) return
      if (!vendor.ok) return void (failure.value = vendor.error)
      fresh.value = newVendorForm(vendor.value, simulator.value)
      put(structuredClone(fresh.value), null)
    }
  }

  /** Turns a vendor's form into a Generic one with all of its request filled in. */
  function customise(): void {
    const request = vendorInput(form)?.request
    if (!request) return
    const now = JSON.parse(JSON.stringify(form)) as ProviderForm
    Object.assign(form, customised(now, request))
    before.value = now
    errors.forget()
  }

  function backToVendor(): void {
    if (!before.value) return
    Object.assign(form, before.value)
    before.value = null
    errors.forget()
  }

  /** Of a secret that is sealed now the form keeps only what was typed since. */
  function forgetTyped(sealed: Record<string, string>): void {
    for (const [name, value] of Object.entries(sealed))
      if (form.typed[name] === value) delete form.typed[name]
  }

  /** The workbench does not know of the empty rows that the form leaves out. */
  function showIssues(found: readonly FieldIssue[]): void {
    errors.tell(found.map(({ path, message }) => ({ path: formPath(form, path.split('.')), message })))
  }

  function secretState(name: string): ShownSecret {
    if (form.typed[name] !== undefined) return 'typed'
    return savedSecret(name)?.state ?? 'missing'
  }

  /** Keeps a value under a free name and answers with the reference that stands for it. */
  function makeSecret(wished: string, value: string): string {
    const name = freeSecretName(wished, (taken) => taken in form.typed || savedSecret(taken) !== null)
    form.typed[name] = value
    return secretReference(name)
  }

  return {
    ...way,
    form,
    entry,
    before,
    simulated,
    saved,
    input,
    issues,
    hints,
    shownErrors: errors.shown,
    errorUnder: errors.anyUnder,
    errorsPointed: errors.pointed,
    check: errors.check,
    showIssues,
    touch: errors.touch,
    edited: errors.edited,
    insert,
    end,
    begin,
    customise,
    backToVendor,
    secretState,
    makeSecret,
  }
}

export type ProviderFormContext = ReturnType<typeof createProviderForm>
const key: InjectionKey<ProviderFormContext> = Symbol('provider form')

export function provideProviderForm(): ProviderFormContext {
  const context = createProviderForm()
  provide(key, context)
  return context
}

export function useProviderForm(): ProviderFormContext {
  const context = inject(key)
  if (!context) throw new Error('A part of the provider form stands outside of it.')
  return context
}
