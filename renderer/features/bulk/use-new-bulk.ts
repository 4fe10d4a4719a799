import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { watchDebounced } from '@vueuse/core'
import type { BulkColumns, BulkJob, BulkTargetView, DryRow } from '#shared/bulk.ts'
import { issuesByPath } from '../../lib/errors.ts'
import type { Answer, Failure } from '../../lib/failure.ts'
import type { Target } from '#shared/target.ts'
import { useBulk } from './bulk-store.ts'
import { fittedTo, setupOf, withAsked, type NewBulk } from './new-bulk.ts'
import { headOf, openSource, type Source } from './source-file.ts'

const settleMs = 200

/** A new bulk test as it is put together: its file, what is made of the rows, and what the first of them become. */
export function useNewBulk(wished: () => Target | null) {
  const bulk = useBulk()
  const source = shallowRef<Source | null>(null)
  const columns = ref<BulkColumns | null>(null)
  const fileFailure = ref<Failure | null>(null)
  const view = ref<BulkTargetView | null>(null)
  const rows = ref<DryRow[] | null>(null)
  const failure = ref<Failure | null>(null)
  const refusedBy = ref<Record<string, string>>({})
  const form = reactive<NewBulk>({
    name: '',
    target: null,
    numberColumn: '',
    country: null,
    text: '',
    values: {},
    rate: '10',
    test: false,
  })
  const target = computed({ get: () => form.target ?? wished(), set: (chosen) => (form.target = chosen) })
  const wanted = () =>
    setupOf({ ...form, target: target.value }, columns.value ?? { delimiter: ',', hasHeader: true })

  /** The file that the form was fitted to last. */
  let fitted = ''

  /** What was found out of a file can be overruled: its encoding in the source, the rest here. */
  async function look(by: { delimiter?: BulkColumns['delimiter']; hasHeader?: boolean } = {}): Promise<void> {
    const looked = source.value
    if (!looked) return
    const { head, isWhole } = await headOf(looked)
    const { delimiter = null, hasHeader = null } = by
    const answer = await bulk.columns({ head, isWhole, delimiter, hasHeader })
    if (source.value !== looked) return
    fileFailure.value = answer.ok ? null : answer.error
    columns.value = answer.ok ? answer.value : null
    if (answer.ok) {
      Object.assign(form, fittedTo(form, answer.value, { before: fitted, now: looked.name }))
      fitted = looked.name
    }
    ask()
  }

  async function open(bytes: Blob, name: string): Promise<void> {
    Object.assign(form, { numberColumn: '' })
    source.value = await openSource(bytes, name)
    await look()
  }

  function leave(): void {
    source.value = null
    columns.value = null
    rows.value = null
    fileFailure.value = null
  }

  async function recode(encoding: Source['encoding']): Promise<void> {
    if (source.value) source.value = { ...source.value, encoding }
    await look()
  }

  async function lookAtTarget(): Promise<void> {
    const asked = target.value
    const answer = asked ? await bulk.target(asked) : null
    if (target.value !== asked && JSON.stringify(target.value) !== JSON.stringify(asked)) return
    view.value = answer?.ok ? answer.value : null
    ask()
  }
  watch(() => JSON.stringify(target.value), lookAtTarget, { immediate: true })

  function ask(): void {
    form.values = withAsked(form.values, view.value?.asked ?? [], columns.value?.columns ?? [])
  }

  let turn = 0
  async function tryFirstRows(): Promise<void> {
    turn += 1
    const mine = turn
    const { setup, issues } = wanted()
    refusedBy.value = issues ? issuesByPath(issues) : {}
    if (!source.value || !columns.value || !setup) return
    const { head, isWhole } = await headOf(source.value)
    const answer = await bulk.dryRun({ head, isWhole, setup })
    if (mine !== turn) return
    if (answer.ok) [rows.value, failure.value] = [answer.value, null]
    else refuse(answer.error)
  }
  watchDebounced([() => JSON.stringify([form, target.value, columns.value]), source], tryFirstRows, {
    debounce: settleMs,
    maxWait: 1000,
  })

  function refuse(error: Failure): void {
    const issues = (error.details.issues ?? []).map(({ path, message }) => ({
      path: path.replace(/^setup\./, ''),
      message,
    }))
    refusedBy.value = issuesByPath(issues)
    failure.value = issues.length > 0 ? null : error
  }

  const ready = computed(() => columns.value !== null && wanted().issues === null)

  /** Has the workbench read all of it. Null where the form is not whole. */
  async function create(): Promise<Answer<BulkJob> | null> {
    const { setup, issues } = wanted()
    refusedBy.value = issues ? issuesByPath(issues) : {}
    if (!setup || !source.value) return null
    const answer = await bulk.create(setup, source.value)
    if (!answer.ok) refuse(answer.error)
    return answer
  }

  return {
    form,
    target,
    source,
    columns,
    view,
    rows,
    fileFailure,
    failure,
    refusedBy,
    ready,
    open,
    leave,
    look,
    recode,
    create,
  }
}

export type NewBulkForm = ReturnType<typeof useNewBulk>
