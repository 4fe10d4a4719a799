import { onUnmounted } from 'vue'
import { useIntervalFn } from '@vueuse/core'

interface Read {
  readBy(isReading?: () => boolean): void
  settle(): void
}

/** While somebody reads in a list, what comes is told of and not shown; it is when they are through. */
export function useReading(list: Read, isReading: () => boolean): void {
  list.readBy(isReading)
  // Cheap, and right for every way of scrolling: by wheel, bar, key and touch.
  useIntervalFn(() => list.settle(), 250)
  onUnmounted(() => list.readBy())
}
