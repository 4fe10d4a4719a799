import { computed, inject, provide, reactive, ref, watch, type InjectionKey } from 'vue'
import { providerInputSchema, type Provider, type SecretState } from '#shared/provider.ts'
import { secretReference } from '#shared/placeholders.ts'
import type { FieldIssue } from '#shared/errors.ts'
import { freeSecretName } from '#shared/secret-names.ts'
import { reconnections } from '../../lib/connection.ts'
import type { Failure } from '../../lib/failure.ts'
import { useProviders } from '../providers/providers-store.ts'
import { checkForm, formPath } from './check-form.ts'
import { useFormErrors } from './form-errors.ts'
import { hintsFor } from './form-hints.ts'
import { inputOf, settingsOf } from './form-settings.ts'
import { emptyForm, formOf, type ProviderForm } from './form-state.ts'
import { useImportedDraft } from './imported-draft.ts'
import { useSavedElsewhere } from './saved-elsewhere.ts'

export type ShownSecret = 'typed' | SecretState

/** A provider's form: its state, what is wrong with it, and its way to the store. One for each open drawer. */
export function createProviderForm() {
  const providers = useProviders()
  const imported = useImportedDraft()
  const form = reactive<ProviderForm>(emptyForm())
  const saved = ref<Provider | null>(null)
  const failure = ref<Failure | null>(null)
  const saving = ref(false)
  let loads = 0
  /** Puts a text where the caret was last; set by the field that has or had the focus. */
  const insert = ref<((text: string) => void) | null>(null)

  const input = computed(() => inputOf(form))
  const baseline = computed(() => ({
    ...inputOf(saved.value ? formOf(saved.value) : emptyForm()),
    id: form.id,
  }))
  const dirty = computed(() => JSON.stringify(input.value) !== JSON.stringify(baseline.value))
  const issues = computed(() => checkForm(form, providerInputSchema))
  const hints = computed(() => hintsFor(settingsOf(form)))
  const errors = useFormErrors(issues)
  const others = useSavedElsewhere({ saved, input, dirty, saving, take, get: providers.get })

  function take(provider: Provider | null): void {
    saved.value = provider
    Object.assign(form, provider ? formOf(provider) : (imported.takeForm() ?? emptyForm()))
    errors.forget()
    // What was stored when the rules were others is refused now: one sees at once what has to be mended.
    if (provider) for (const { path } of issues.value) errors.touch(path)
    failure.value = null
    others.elsewhere.value = null
  }

  /** Only the newest wish counts: an answer that comes after another one was made is about another form. */
  async function load(id: string | null): Promise<void> {
    loads += 1
    const turn = loads
    if (id === null) return take(null)
    const answer = await providers.get(id)
    if (turn !== loads) return
    if (answer.ok) take(answer.value)
    else failure.value = answer.error
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

  const savedSecret = (name: string) => saved.value?.secrets.find((secret) => secret.name === name) ?? null

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
    load,
    save,
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
