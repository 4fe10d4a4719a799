const onMac = /Mac|iPhone|iPad/.test(navigator.platform)

/** How the key beside the space bar is called here. */
export const modifier = onMac ? '⌘' : 'Ctrl'

/** Ctrl, or Command on a Mac. */
export function withModifier(event: KeyboardEvent): boolean {
  return (onMac ? event.metaKey : event.ctrlKey) && !event.altKey
}

/** Single-key shortcuts keep quiet while somebody types. */
export function isTyping(event: KeyboardEvent): boolean {
  const { target } = event
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)
}

export const shortcuts: { keys: string[]; does: string }[] = [
  { keys: [modifier, 'K'], does: 'Open the command palette' },
  { keys: ['?'], does: 'Show the shortcuts' },
  { keys: ['/'], does: 'Search on this page' },
  { keys: ['G', 'P'], does: 'Go to Providers' },
  { keys: ['G', 'G'], does: 'Go to Provider Groups' },
  { keys: ['G', 'M'], does: 'Go to Messages' },
  { keys: ['G', 'C'], does: 'Go to Callbacks' },
  { keys: ['G', 'F'], does: 'Go to Stats' },
  { keys: ['G', 'S'], does: 'Go to Simulator' },
  { keys: ['N'], does: 'Add provider' },
  { keys: ['T'], does: 'Send Test SMS' },
  { keys: [modifier, 'S'], does: 'Save the form' },
  { keys: [modifier, 'Enter'], does: 'Send' },
  { keys: ['↑', '↓'], does: 'Move through a table' },
  { keys: ['Enter'], does: 'Open the row' },
  { keys: ['Shift', 'F10'], does: 'Open the row’s menu' },
  { keys: ['Esc'], does: 'Close what is open' },
]
