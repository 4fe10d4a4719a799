/** Has the browser, or the window, save a text as a file. Parts that are blobs already take no room in the page. */
export function saveText(fileName: string, text: string | BlobPart[], type = 'application/json'): void {
  const address = URL.createObjectURL(new Blob([text].flat(), { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
