/** What makes the settings of a drawer the panel of its tab; nothing while another tab is open, or where there are none. */
export function settingsPanel(isOpen: boolean): Record<string, string> {
  return isOpen ? { id: 'drawer-panel', role: 'tabpanel', 'aria-labelledby': 'drawer-tab-settings' } : {}
}
