// Runs before the first paint, so that a chosen theme never flashes in the other one. A file of its own, as the
// content security policy forbids inline scripts.
;(function () {
  var chosen = 'system'
  try {
    chosen = localStorage.getItem('theme') || 'system'
  } catch {
    // Storage may be switched off; the system's theme is right then.
  }
  var dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  document.documentElement.style.background = dark ? '#15181b' : '#f6f7f8'
})()
