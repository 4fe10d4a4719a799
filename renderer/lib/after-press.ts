let pressed = false
let waiting: (() => void)[] = []

function release(): void {
  pressed = false
  const now = waiting
  waiting = []
  for (const run of now) run()
}

if (typeof window !== 'undefined') {
  window.addEventListener('pointerdown', () => (pressed = true), true)
  // Where the click goes is settled by now; what it finds there is as it would be without the wait.
  for (const end of ['pointerup', 'pointercancel']) window.addEventListener(end, release, true)
}

/** Runs at once, or, while a button of the mouse or a finger is down, when it is lifted. */
export function afterPress(run: () => void): void {
  if (pressed) waiting.push(run)
  else run()
}
