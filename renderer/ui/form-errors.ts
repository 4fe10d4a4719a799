import { computed, reactive, ref, type Ref } from 'vue'
import type { FieldIssue } from '#shared/errors.ts'
import { afterPress } from '../lib/after-press.ts'
import { issuesByPath } from '../lib/errors.ts'

/** Which errors of a form are shown: a field's own once it was left, all of them once one has tried to save. */
export function useFormErrors(
  issues: Ref<FieldIssue[]>,
  /** The fields that have to be left before it is told; itself, unless others could still mend it. */
  behind: (issue: FieldIssue) => string[] = ({ path }) => [path],
) {
  const touched = reactive(new Set<string>())
  const submitted = ref(false)
  /** A name is wanted for saving, and not before: a test send does without one. */
  const saveTried = ref(false)
  /** Grows each time that somebody has to be shown what is wrong. */
  const pointed = ref(0)
  /** What the workbench said of the fields, until they are edited. */
  const told = ref<Record<string, string>>({})

  const shown = computed((): Record<string, string> => {
    const own = Object.entries(issuesByPath(issues.value))
    const isRipe = (path: string, message: string) =>
      path === 'name'
        ? saveTried.value
        : submitted.value || behind({ path, message }).every((other) => touched.has(other))
    const ripe = own.filter(([path, message]) => isRipe(path, message))
    return { ...told.value, ...Object.fromEntries(ripe) }
  })

  function tell(found: readonly FieldIssue[]): void {
    told.value = issuesByPath(found)
    pointed.value += 1
  }

  function forget(): void {
    touched.clear()
    submitted.value = false
    saveTried.value = false
    told.value = {}
  }

  /** What is told below a field moves what is under it: never while a press on that is on its way. */
  function touch(path: string): void {
    afterPress(() => touched.add(path))
  }

  function edited(path: string): void {
    if (told.value[path] === undefined) return
    const { [path]: _mended, ...rest } = told.value
    told.value = rest
  }

  /** True when nothing is wrong; else every error is shown from now on. */
  function check(withName: boolean): boolean {
    submitted.value = true
    if (withName) saveTried.value = true
    pointed.value += 1
    return issues.value.every((issue) => !withName && issue.path === 'name')
  }

  /** Whether a part of the form holds an error that is shown; `paths` are fields, or what all of its fields start with. */
  function anyUnder(paths: readonly string[]): boolean {
    return Object.keys(shown.value).some((path) =>
      paths.some((start) => path === start || path.startsWith(`${start}.`)),
    )
  }

  return { shown, pointed, tell, forget, touch, edited, check, anyUnder }
}
