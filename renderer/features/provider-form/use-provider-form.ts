import { computed, inject, provide, reactive, ref, type InjectionKey } from 'vue'
import { providerInputSchema, type Provider, type SecretState } from '#shared/provider.ts'
import { secretReference } from '#shared/placeholders.ts'
import { freeSecretName } from '#shared/secret-names.ts'
import type { FieldIssue } from '#shared/errors.ts'
import { issuesByPath } from '../../lib/errors.ts'
import type { Failure } from '../../lib/failure.ts'
import { useProviders } from '../providers/providers-store.ts'
import { checkForm } from './check-form.ts'
import { hintsFor } from './form-hints.ts'
import { inputOf, settingsOf } from './form-settings.ts'
import { emptyForm, formOf, type ProviderForm } from './form-state.ts'

export type ShownSecret = 'typed' | SecretState

/** A provider's form: its state, what is wrong with it, and its way to the store. One for each open drawer. */
function createProviderForm() {
  const providers = useProviders()
  const form = reactive<ProviderForm>(emptyForm())
  const saved = ref<Provider | null>(null)
  const baseline = ref(JSON.stringify(inputOf(form)))
  const touched = reactive(new Set<string>())
  const submitted = ref(false)
  const serverIssues = ref<Record<string, string>>({})
  const failure = ref<Failure | null>(null)
  const saving = ref(false)
  /** Puts a text where the caret was last; set by the field that has or had the focus. */
  const insert = ref<((text: string) => void) | null>(null)

  const input = computed(() => inputOf(form))
  const dirty = computed(() => JSON.stringify(input.value) !== baseline.value)
  const issues = computed(() => checkForm(form, providerInputSchema))
  const hints = computed(() => hintsFor(settingsOf(form)))
  const shownErrors = computed(() => {
    const own = Object.entries(issuesByPath(issues.value))
    return {
      ...serverIssues.value,
      ...Object.fromEntries(own.filter(([path]) => submitted.value || touched.has(path))),
    }
  })

  function take(provider: Provider | null): void {
    saved.value = provider
    Object.assign(form, provider ? formOf(provider) : emptyForm())
    baseline.value = JSON.stringify(inputOf(form))
    touched.clear()
    submitted.value = false
    serverIssues.value = {}
    failure.value = null
  }

  async function load(id: string | null): Promise<void> {
    if (id === null) return take(null)
    const answer = await providers.get(id)
    if (answer.ok) take(answer.value)
    else failure.value = answer.error
  }

  /** True when nothing is wrong; else every error is shown from now on. */
  function check(withName: boolean): boolean {
    submitted.value = true
    return issues.value.every((issue) => !withName && issue.path === 'name')
  }

  async function save(): Promise<boolean> {
    if (!check(true) || saving.value) return false
    saving.value = true
    const answer = await providers.save(input.value)
    saving.value = false
    if (answer.ok) take(answer.value)
    else showFailure(answer.error)
    return answer.ok
  }

  function showFailure(seen: Failure): void {
    serverIssues.value = issuesByPath(seen.details.issues ?? [])
    const atAField = Object.keys(serverIssues.value).length > 0
    failure.value = atAField ? null : seen
  }

  function showIssues(found: FieldIssue[]): void {
    serverIssues.value = issuesByPath(found)
  }

  function touch(path: string): void {
    touched.add(path)
  }

  function edited(path: string): void {
    if (serverIssues.value[path] === undefined) return
    const { [path]: _mended, ...rest } = serverIssues.value
    serverIssues.value = rest
  }

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
    hints,
    failure,
    saving,
    shownErrors,
    insert,
    load,
    check,
    save,
    showIssues,
    touch,
    edited,
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
