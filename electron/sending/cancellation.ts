/** Lets one side stop what the other runs: an AbortController without its cost, which shows at thousands a second. */
export class Cancellation {
  private stop: (() => void) | null = null
  private done = false

  get cancelled(): boolean {
    return this.done
  }

  cancel(): void {
    this.done = true
    this.stop?.()
  }

  /** Whoever runs now is told when it is cancelled; null when nobody runs. */
  set onCancel(stop: (() => void) | null) {
    this.stop = stop
  }
}
