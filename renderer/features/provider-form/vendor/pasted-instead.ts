/** Puts another text where a paste would have gone, so that undo takes it back like any other typing. */
export function pastedInstead(event: ClipboardEvent, text: string): void {
  const box = event.target
  if (!(box instanceof HTMLInputElement || box instanceof HTMLTextAreaElement)) return
  event.preventDefault()
  // The only way that keeps the box's own undo; where it is not to be had the text is set all the same.
  if (document.execCommand('insertText', false, text)) return
  box.setRangeText(text, box.selectionStart ?? 0, box.selectionEnd ?? 0, 'end')
  box.dispatchEvent(new Event('input', { bubbles: true }))
}
