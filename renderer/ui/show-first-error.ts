import { nextTick } from 'vue'

/** Puts the focus on the first field of a drawer's form that is wrong, or else on what another window changed. */
export async function showFirstError(): Promise<void> {
  await nextTick()
  const wrong =
    document.querySelector<HTMLElement>(
      '[aria-label="Settings"] :is([aria-invalid="true"], [data-invalid])',
    ) ?? document.querySelector<HTMLElement>('[aria-label="Changed in another window"] button')
  if (!wrong) return
  // What is said of a list stands beside it: one mends it where entries are added.
  if (wrong.matches('[data-invalid]')) {
    wrong.scrollIntoView({ block: 'nearest' })
    wrong.closest('[role="group"]')?.querySelector<HTMLElement>('[role="combobox"]')?.focus()
    return
  }
  const box = wrong.matches('input, textarea, select, button')
    ? wrong
    : wrong.querySelector<HTMLElement>('input, textarea, button')
  ;(box ?? wrong).focus()
}
