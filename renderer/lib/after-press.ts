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
  // The click comes right after, and finds what was pressed where it was.
  for (const end of ['pointerup', 'pointercancel'])
    window.addEventListener(end, () => pressed && setTimeout(release), true)
}

/** Runs at once, or, while a button of the mouse or a finger is down, when its click is over. */
export function afterPress(run: () => void): void {
  if (pressed) waiting.push(run)
  else run()
}
