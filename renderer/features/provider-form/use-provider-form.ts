import { computed, inject, provide, reactive, ref, shallowRef, watch, type InjectionKey } from 'vue'
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
import { reconnections } from '../../lib/connection.ts'
import type { Answer, Failure } from '../../lib/failure.ts'
import { useCatalogue } from '../catalogue/catalogue-store.ts'
import { isGenericSimulator, useSimulatorAddress } from '../catalogue/simulator-address.ts'
import { useProviders } from '../providers/providers-store.ts'
import { checkForm, formPath } from './check-form.ts'
import { fieldsBehind } from './check-vendor.ts'
import { useFormErrors } from './form-errors.ts'
import { hintsFor } from './form-hints.ts'
import { inputOf } from './form-settings.ts'
import { emptyForm, formOf, type ProviderForm } from './form-state.ts'
import { useImportedDraft } from './imported-draft.ts'
import { useProviderElsewhere } from './saved-elsewhere.ts'
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
  const failure = ref<Failure | null>(null)
  const saving = ref(false)
  /** Not while the vendor or the provider is still on the way, or could not be had. */
  const started = ref(false)
  /** The vendor's form that this Generic one was made of, until it is saved. */
  const before = shallowRef<ProviderForm | null>(null)
  let loads = 0
  /** Puts a text where the caret was last; set by the field that has or had the focus. */
  const insert = ref<((text: string) => void) | null>(null)

  const { entry, savedSecret, vendorInput, vendorPart } = useVendorInput(form, saved)
  const input = computed(() => inputOf(form, vendorInput(form)))
  const baseline = computed(() => {
    const start = saved.value ? formOf(saved.value) : fresh.value
    return { ...inputOf(start, vendorInput(start)), id: form.id }
  })
  const dirty = computed(() => JSON.stringify(input.value) !== JSON.stringify(baseline.value))
  const issues = computed(() => checkForm(form, providerInputSchema, input.value, vendorPart.value))
  const hints = computed(() => hintsFor(input.value.settings))
  const errors = useFormErrors(issues, (issue) =>
    vendorPart.value ? fieldsBehind(vendorPart.value, issue) : [issue.path],
  )
  const others = useProviderElsewhere({ saved, dirty, saving, take, get: getWhole }, input)
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

  function put(next: ProviderForm, provider: Provider | null): void {
    started.value = true
    saved.value = provider
    Object.assign(form, next)
    errors.forget()
    failure.value = null
    before.value = null
    others.elsewhere.value = null
  }

  function take(provider: Provider): void {
    put(formOf(provider), provider)
    // What was stored when the rules were others is refused now: one sees at once what has to be mended.
    for (const { path } of issues.value) errors.touch(path)
  }

  /** No form at all, as while a vendor is still to be chosen. */
  function end(): void {
    loads += 1
    fresh.value = emptyForm()
    put(emptyForm(), null)
    started.value = false
  }

  /** A form for a new provider of that kind, empty. */
  async function begin(kind: ProviderKind): Promise<void> {
    loads += 1
    const turn = loads
    started.value = false
    if (kind === genericKind) {
      fresh.value = emptyForm()
      put(imported.takeForm() ?? emptyForm(), null)
    } else {
      const vendor = await catalogue.get(kind)
      if (turn !== loads) return
      if (!vendor.ok) return void (failure.value = vendor.error)
      fresh.value = newVendorForm(vendor.value, simulator.value)
      put(structuredClone(fresh.value), null)
    }
  }

  /** Only the newest wish counts: an answer that comes after another one was made is about another form. */
  async function load(id: string): Promise<void> {
    loads += 1
    const turn = loads
    started.value = false
    const answer = await getWhole(id)
    if (turn !== loads) return
    if (answer.ok) take(answer.value)
    else failure.value = answer.error
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

  async function save(): Promise<boolean> {
    if (!errors.check(true) || saving.value) return false
    saving.value = true
    const turn = loads
    const sent = input.value
    const basedOn = saved.value ? { basedOn: saved.value.updatedAt } : {}
    const answer = await providers.save({ ...sent, ...basedOn })
    saving.value = false
    if (turn !== loads) return false
    if (!answer.ok) await showFailure(answer.error)
    else if (JSON.stringify(input.value) === JSON.stringify(sent)) take(answer.value)
    else keepTyping(answer.value, sent.secrets)
    return answer.ok
  }

  /** What was typed while the save was on its way stays, as a change of what is saved now. */
  function keepTyping(provider: Provider, sealed: Record<string, string>): void {
    saved.value = provider
    for (const [name, value] of Object.entries(sealed))
      if (form.typed[name] === value) delete form.typed[name]
    failure.value = null
    before.value = null
    others.elsewhere.value = null
  }

  /** The workbench does not know of the empty rows that the form leaves out. */
  function showIssues(found: readonly FieldIssue[]): void {
    errors.tell(found.map(({ path, message }) => ({ path: formPath(form, path.split('.')), message })))
  }

  async function showFailure(seen: Failure): Promise<void> {
    const found = seen.details.issues ?? []
    showIssues(found)
    failure.value = found.length > 0 ? null : seen
    if (seen.code !== 'changed_elsewhere' && seen.code !== 'not_found') return
    await others.look()
    if (others.elsewhere.value) failure.value = null
  }

  // What is said of the connection is over with it.
  watch(reconnections, () => {
    if (failure.value?.code === 'connection_lost') failure.value = null
  })

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
    form,
    entry,
    before,
    simulated,
    started,
    saved,
    input,
    dirty,
    issues,
    hints,
    failure,
    saving,
    shownErrors: errors.shown,
    errorUnder: errors.anyUnder,
    errorsPointed: errors.pointed,
    check: errors.check,
    showIssues,
    touch: errors.touch,
    edited: errors.edited,
    insert,
    take,
    end,
    begin,
    load,
    save,
    customise,
    backToVendor,
    others,
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
