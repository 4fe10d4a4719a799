import { computed, reactive, ref, watch } from 'vue'
import { importCurl } from '#shared/curl/import-curl.ts'
import type { Shell } from '#shared/curl/shells.ts'
import type { Role } from '#shared/curl/draft/slot.ts'
import { useProviders } from '../providers/providers-store.ts'

/** A pasted command and what is made of it while it is typed, entirely on this page. */
export function useCurlImport() {
  const providers = useProviders()
  const command = ref('')
  /** Null as long as the shell is guessed. */
  const shell = ref<Shell | null>(null)
  const roles = reactive<Record<string, Role>>({})

  // A plain copy, as the import looks for ids in ways that a reactive object does not notice.
  const reading = computed(() =>
    importCurl(command.value, { shell: shell.value ?? undefined, roles: { ...roles } }),
  )
  const pasted = computed(() => command.value.trim() !== '')
  // Decisions belong to the values of one command.
  watch(command, () => Object.keys(roles).forEach((id) => delete roles[id]))

  /** With a name that no provider has yet. */
  const draft = computed(() => {
    const { value } = reading
    return value.draft && { ...value.draft, name: freeName(value.draft.name) }
  })

  function freeName(wished: string): string {
    const taken = new Set(providers.list.map(({ name }) => name.toLowerCase()))
    let name = wished
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${wished} ${count}`
    return name
  }

  return { command, shell, roles, reading, pasted, draft }
}
