import { useRouter } from 'vue-router'
import { useBundles } from './bundles-store.ts'

/** What a page needs on which a bundle can be dropped: it is looked at before it is opened. */
export function useBundleDrop() {
  const bundles = useBundles()
  const router = useRouter()
  const isFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

  function over(event: DragEvent): void {
    if (isFile(event)) event.preventDefault()
  }

  function drop(event: DragEvent): void {
    const file = event.dataTransfer?.files[0]
    if (!file) return
    event.preventDefault()
    bundles.dropped = file
    void router.push({ path: '/messages/bundles', query: { open: 'file' } })
  }

  return { over, drop }
}
