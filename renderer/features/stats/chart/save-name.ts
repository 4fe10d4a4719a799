/** The name of a file that a chart is saved as, which every system takes: its title, of what it is, and its days. */
export function saveName(parts: readonly string[], ending: 'csv' | 'png'): string {
  const plain = parts
    .map((part) => part.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, ' ').trim())
    .filter(Boolean)
    .join(', ')
  return `${Array.from(plain).slice(0, 120).join('').trim()}.${ending}`
}
